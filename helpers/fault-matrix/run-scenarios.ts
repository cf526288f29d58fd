import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runOutcomeSchema, type RunOutcome } from '../report/outcome-reporter.ts';
import { childEnvironment, projectFolder, type DatabaseSettings } from '../settings.ts';

/** One run of the scenarios against a shop. */
export interface ScenarioRun {
  /** Names the run's folder. */
  readonly name: string;
  readonly url: string;
  readonly database: DatabaseSettings;
  /** Name of the target profile. */
  readonly target?: string;
  /** Playwright workers. */
  readonly workers: number;
  /** Stop after so many failures; 0 for never. */
  readonly maxFailures: number;
  /** Only this scenario, as `file › title`, or only the files whose path has this in it. */
  readonly only?: string;
  readonly signal: AbortSignal;
}

export type ScenarioResult = RunOutcome & { readonly seconds: number };

const longestRunMs = 300_000;

/**
 * Runs all scenarios in a Playwright of their own.
 *
 * @throws Error with the run's last output when it came to no outcome at all.
 */
export async function runScenarios(run: ScenarioRun): Promise<ScenarioResult> {
  const { name, url, database, target = 'reference', workers, maxFailures, only, signal } = run;
  const [file, title] = only?.split(' › ') ?? [];
  const folder = path.join(projectFolder, 'test-results', 'faults', name);
  const outcomeFile = path.join(folder, 'outcome.json');
  rmSync(folder, { recursive: true, force: true });
  const start = performance.now();
  const output = await playwright(
    [
      'test',
      '--project=scenarios',
      // A fault may well fail the preflight, but it is the scenarios that must catch it.
      '--no-deps',
      '--reporter=./helpers/report/outcome-reporter.ts',
      `--output=${folder}`,
      `--max-failures=${maxFailures}`,
      // The other files are not even loaded then.
      ...(file === undefined ? [] : [escapeRegExp(file)]),
      ...(title === undefined ? [] : [`--grep=${escapeRegExp(title)}`]),
    ],
    childEnvironment({
      DB_HOST: database.host,
      DB_PORT: String(database.port),
      DB_USER: database.user,
      DB_PASSWORD: database.password,
      DB_NAME: database.name,
      BASE_URL: url,
      TARGET: target,
      WORKERS: String(workers),
    }),
    signal,
  );
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  const outcome = existsSync(outcomeFile) && runOutcomeSchema.parse(JSON.parse(readFileSync(outcomeFile, 'utf8')));
  // A run that stopped before its first test has nothing to say of the shop; but what only one scenario was to tell,
  // nobody tells when that has got another title since.
  if (!outcome || (only === undefined && outcome.passed + outcome.failed.length === 0)) {
    throw new Error(`The run "${name}" came to no outcome:\n${output.slice(-2000)}`);
  }
  return { ...outcome, seconds };
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function playwright(
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
