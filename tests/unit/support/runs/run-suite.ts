import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { childEnvironment } from '../../../../helpers/settings/environment/child-environment.ts';
import { suiteEnvironment, type SuitePlace } from './suite-environment.ts';

interface SuiteRun extends SuitePlace {
  /** Further settings by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Playwright's own options. */
  readonly options: readonly string[];
  /** Ends the run by a signal, or leaves off reading its output, as soon as it has written this. */
  readonly stop?: { readonly at: RegExp; readonly by: NodeJS.Signals | 'leaving' };
}

/** The outcome of a run of the suite in a child process. */
export interface SuiteOutcome {
  readonly exitCode: number | null;
  /** Everything that it wrote to the terminal, also in `terminal.txt`. */
  readonly terminal: string;
}

/** Runs the suite as its users do, with all its reports in one folder. */
export async function runSuite({ settings, options, stop, ...place }: SuiteRun): Promise<SuiteOutcome> {
  const { folder } = place;
  mkdirSync(folder, { recursive: true });
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const child = spawn(process.execPath, [cli, 'test', `--output=${path.join(folder, 'results')}`, ...options], {
    cwd: projectFolder,
    env: childEnvironment({ ...suiteEnvironment(place), FORCE_COLOR: '1', ...settings }),
  });
  let terminal = '';
  let isStopped = false;
  child.stdout.on('data', (data: Buffer) => {
    terminal += data.toString();
    if (!stop || isStopped || !stop.at.test(terminal)) return;
    isStopped = true;
    if (stop.by === 'leaving') child.stdout.destroy();
    else child.kill(stop.by);
  });
  child.stderr.on('data', (data: Buffer) => (terminal += data.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  writeFileSync(path.join(folder, 'terminal.txt'), terminal);
  return { exitCode, terminal };
}

/**
 * Runs scenarios as their users do, but without the preflight before them and the page of findings after them, each of
 * which would take a worker of its own.
 *
 * @param scenarios parts of the names of their files, and further options.
 */
export const runScenarios = (scenarios: readonly string[], run: Omit<SuiteRun, 'options'>): Promise<SuiteOutcome> =>
  runSuite({ ...run, options: ['--project=scenarios', '--no-deps', ...scenarios] });
