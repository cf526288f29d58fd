import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runOutcomeSchema, type RunOutcome } from '../report/outcome-reporter.ts';
import { projectFolder } from '../text/project-folder.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { childEnvironment } from '../settings/child-environment.ts';

/** A Playwright of its own, beside others. */
export interface PlaywrightRun {
  /** Names the run's folder. */
  readonly name: string;
  /** What follows `playwright test`. */
  readonly args: readonly string[];
  readonly database: DatabaseSettings;
  /** Settings beside those of the database. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const longestRunMs = 300_000;

/**
 * Runs Playwright to its end.
 *
 * @returns the outcome, unless it came to none; its last output; how long it took.
 */
export async function runPlaywright(
  run: PlaywrightRun,
): Promise<{ outcome: RunOutcome | undefined; output: string; seconds: number }> {
  const folder = path.join(projectFolder, 'test-results', 'faults', run.name);
  const outcomeFile = path.join(folder, 'outcome.json');
  rmSync(folder, { recursive: true, force: true });
  const start = performance.now();
  const output = await spawned(
    ['test', '--reporter=./helpers/report/outcome-reporter.ts', `--output=${folder}`, ...run.args],
    childEnvironment({
      DB_HOST: run.database.host,
      DB_PORT: String(run.database.port),
      DB_USER: run.database.user,
      DB_PASSWORD: run.database.password,
      DB_NAME: run.database.name,
      ...run.environment,
    }),
    run.signal,
  );
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const outcome = existsSync(outcomeFile)
    ? runOutcomeSchema.parse(JSON.parse(readFileSync(outcomeFile, 'utf8')))
    : undefined;
  return { outcome, output, seconds };
}

function spawned(
  args: readonly string[],
  environment: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve) => {
    const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
    const child = spawn(process.execPath, [cli, ...args], { cwd: projectFolder, env: environment, detached: true });
    let output = '';
    const keep = (data: Buffer): void => {
      output = (output + data.toString()).slice(-10_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // SIGINT lets Playwright end its shop and its workers.
    const stop = (): void => void child.kill('SIGINT');
    const timer = setTimeout(stop, longestRunMs);
    signal.addEventListener('abort', stop, { once: true });
    child.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(output);
    });
  });
}
