import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { childEnvironment } from '../../settings/environment/child-environment.ts';
import { projectFolder } from '../../text/project-folder.ts';
import { UserError } from '../../text/user-error.ts';

/** The last lines of a run in which tests ran, and failed. */
const failedAsMeant = /^FAIL: \d+ passed, [1-9]/m;

interface RunForPicture {
  /** Playwright's own options. */
  readonly options: readonly string[];
  /** Settings by name; all others have their defaults. */
  readonly settings: Readonly<Record<string, string>>;
  /** The folder that all reports of the run go to. */
  readonly folder: string;
  /** The page in it that the picture is taken of. */
  readonly page: 'html/index.html' | 'load-report/index.html';
}

/**
 * Runs the suite against its bundled shop and returns the path of the page that it wrote. Tests must fail in it: failures
 * are to be seen in the pictures.
 *
 * @throws UserError with the end of the run's output when nothing failed, or nothing ran.
 */
export async function runForPicture({ options, settings, folder, page }: RunForPicture): Promise<string> {
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const child = spawn(process.execPath, [cli, 'test', `--output=${path.join(folder, 'results')}`, ...options], {
    cwd: projectFolder,
    env: childEnvironment({
      FINDINGS_DIR: path.join(folder, 'findings'),
      LOAD_REPORT_DIR: path.join(folder, 'load-report'),
      PLAYWRIGHT_HTML_OUTPUT_DIR: path.join(folder, 'html'),
      PLAYWRIGHT_JUNIT_OUTPUT_FILE: path.join(folder, 'junit.xml'),
      ...settings,
    }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (output += data.toString()));
  }
  await new Promise((resolve) => child.on('close', resolve));
  const file = path.join(folder, page);
  if (!existsSync(file) || !failedAsMeant.test(output)) {
    throw new UserError(`The run did not fail as it is to be shown:\n${output.slice(-2_000)}`);
  }
  return file;
}
