import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment, projectFolder, type DatabaseSettings } from '../../helpers/settings.ts';

interface SuiteRun {
  /** Everything that the run writes goes below it. */
  readonly folder: string;
  readonly url: string;
  readonly database: DatabaseSettings;
  /** Further settings by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Playwright's own options. */
  readonly options: readonly string[];
}

/** What a run of the suite as a child came to. */
export interface SuiteOutcome {
  readonly exitCode: number | null;
  /** What it wrote to the terminal, also in `terminal.txt`. */
  readonly terminal: string;
}

/** Runs the suite as its users do, with all its reports in one folder. */
export async function runSuite({ folder, url, database, settings, options }: SuiteRun): Promise<SuiteOutcome> {
  mkdirSync(folder, { recursive: true });
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const child = spawn(process.execPath, [cli, 'test', `--output=${path.join(folder, 'results')}`, ...options], {
    cwd: projectFolder,
    env: childEnvironment({
      BASE_URL: url,
      DB_HOST: database.host,
      DB_PORT: String(database.port),
      DB_USER: database.user,
      DB_PASSWORD: database.password,
      DB_NAME: database.name,
      WORKERS: '1',
      LOAD_REPORT_DIR: path.join(folder, 'load-report'),
      PLAYWRIGHT_HTML_OUTPUT_DIR: path.join(folder, 'html'),
      PLAYWRIGHT_JUNIT_OUTPUT_FILE: path.join(folder, 'junit.xml'),
      PLAYWRIGHT_JSON_OUTPUT_FILE: path.join(folder, 'report.json'),
      PLAYWRIGHT_BLOB_OUTPUT_DIR: path.join(folder, 'blob'),
      FORCE_COLOR: '1',
      ...settings,
    }),
  });
  let terminal = '';
  child.stdout.on('data', (data: Buffer) => (terminal += data.toString()));
  child.stderr.on('data', (data: Buffer) => (terminal += data.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  writeFileSync(path.join(folder, 'terminal.txt'), terminal);
  return { exitCode, terminal };
}
