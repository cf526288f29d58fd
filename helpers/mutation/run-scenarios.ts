import type { RunOutcome } from '../report/outcome-reporter.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { runPlaywright } from './run-playwright.ts';
import { scenarioNamed } from './scenario-named.ts';

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

/**
 * Runs all scenarios in a Playwright of their own.
 *
 * @throws Error with the run's last output when it came to no outcome at all.
 */
export async function runScenarios(run: ScenarioRun): Promise<ScenarioResult> {
  const { name, url, database, target = 'reference', workers, maxFailures, only, signal } = run;
  const { file, title } = scenarioNamed(only);
  const { outcome, output, seconds } = await runPlaywright({
    ...{ name, database, signal },
    args: [
      '--project=scenarios',
      // A fault may well fail the preflight, but it is the scenarios that must catch it.
      '--no-deps',
      `--max-failures=${maxFailures}`,
      // The other files are not even loaded then.
      ...(file ? [file.source] : []),
      ...(title ? [`--grep=${title.source}`] : []),
    ],
    environment: { BASE_URL: url, TARGET: target, WORKERS: String(workers) },
  });
  // A run that stopped before its first test has nothing to say of the shop; but what only one scenario was to tell,
  // nobody tells when that has got another title since.
  if (!outcome || (only === undefined && outcome.passed + outcome.failed.length === 0)) {
    throw new Error(`The run "${name}" came to no outcome:\n${output.slice(-2000)}`);
  }
  return { ...outcome, seconds };
}
