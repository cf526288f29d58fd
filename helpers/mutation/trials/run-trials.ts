import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from '../../text/project-folder.ts';
import { childEnvironment } from '../../settings/environment/child-environment.ts';
import { planVariable } from '../../settings/matrix-plan-file.ts';
import type { Trial } from '../matrix-plan.ts';
import { matrixEventSchema, type MatrixEvent } from '../matrix-reporter.ts';
import { roomyNode } from '../roomy-node.ts';
import { ScenarioProgress } from './scenario-progress.ts';
import type { ShopHosts } from '../hosts/shop-hosts.ts';
import { TrialOutcome } from './trial-outcome.ts';

/** Where and how trials are run. */
export interface TrialRun {
  readonly hosts: ShopHosts;
  /** Playwright workers. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** Is told of each trial as soon as its last scenario has ended. */
  readonly onEnd: (outcome: TrialOutcome) => void;
}

/**
 * Runs trials in one Playwright, and closes their shops.
 *
 * @throws Error with the run's last output where it tried nothing at all.
 */
export async function runTrials(trials: readonly Trial[], run: TrialRun): Promise<void> {
  const isStopped = (): boolean => run.signal.aborted;
  if (trials.length === 0 || isStopped()) return;
  const outcomes = new Map(trials.map((trial) => [trial.name, new TrialOutcome(trial)]));
  const progress = new ScenarioProgress();
  const endIf = (outcome: TrialOutcome | undefined): void => {
    if (!outcome?.isOver) return;
    progress.rest();
    run.onEnd(outcome);
  };
  const output = await runPlaywright(trials, run, (event) => {
    if (event.event === 'begin') {
      for (const [name, outcome] of outcomes) {
        const scenarios = event.scenarios[name] ?? 0;
        progress.expect(scenarios);
        outcome.expect(scenarios);
        endIf(outcome);
      }
    } else {
      const outcome = outcomes.get(event.trial);
      progress.add();
      outcome?.add(event);
      endIf(outcome);
    }
  });
  progress.end();
  if (isStopped()) return;
  const cutShort = [...outcomes.values()].filter(({ isOver }) => !isOver);
  if (cutShort.length === outcomes.size) throw new Error(`The scenarios do not run:\n${output.slice(-2000)}`);
  for (const outcome of cutShort) {
    outcome.cutShort('The run ended before its scenarios did.');
    run.onEnd(outcome);
  }
  await run.hosts.clear();
}

/** @returns what it printed beside its events. */
function runPlaywright(
  trials: readonly Trial[],
  { hosts, workers, signal }: TrialRun,
  onEvent: (event: Exclude<MatrixEvent, { event: 'error' }>) => void,
): Promise<string> {
  // Outside of the project: another Playwright that starts there removes what is in its folder for results.
  const folder = mkdtempSync(path.join(tmpdir(), 'order-pay-matrix-'));
  const planFile = path.join(folder, 'plan.json');
  writeFileSync(planFile, JSON.stringify(trials));
  const { host, port, user, password, name } = hosts.database;
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const config = path.join(projectFolder, 'helpers', 'mutation', 'matrix.config.ts');
  const args = [cli, 'test', `--config=${config}`, `--output=${path.join(folder, 'output')}`];
  // Its workers are given the same options of Node.
  const child = spawn(process.execPath, [...roomyNode, ...args], {
    cwd: projectFolder,
    env: childEnvironment({
      BASE_URL: hosts.urlOf(0),
      ...{ DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_NAME: name },
      WORKERS: String(workers),
      [planVariable]: planFile,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is this process's to pass on, so that what is under way is ended in its turn.
    detached: true,
  });
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-10_000);
  };
  child.stderr.on('data', (data: Buffer) => {
    keep(data.toString());
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = line.startsWith('{"event"') ? matrixEventSchema.parse(JSON.parse(line)) : undefined;
    if (event && event.event !== 'error') onEvent(event);
    else keep(`${event?.message ?? line}\n`);
  });
  const stop = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve) => {
    child.on('close', () => {
      signal.removeEventListener('abort', stop);
      rmSync(folder, { recursive: true, force: true });
      resolve(output);
    });
  });
}
