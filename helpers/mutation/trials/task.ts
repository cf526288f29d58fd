import type { Trial } from '../matrix-plan.ts';
import { runTrials } from './run-trials.ts';
import type { ShopHosts } from '../hosts/shop-hosts.ts';
import type { TrialOutcome } from './trial-outcome.ts';

/** A trial that is to be run, and who is told what became of it. */
export interface Task {
  readonly trial: Omit<Trial, 'host' | 'name'>;
  readonly onEnd: (outcome: TrialOutcome) => void;
}

/** Where and how tasks are run. */
export interface TaskRun {
  readonly hosts: ShopHosts;
  /** Playwright workers. */
  readonly workers: number;
  readonly signal: AbortSignal;
}

/** Runs tasks in one Playwright, their shops spread over the processes for shops. */
export async function runTasks(tasks: readonly Task[], run: TaskRun): Promise<void> {
  const listeners = new Map<string, Task['onEnd']>();
  const trials = tasks.map(({ trial, onEnd }, nth): Trial => {
    const name = `${trial.shop.name} (${nth + 1})`;
    listeners.set(name, onEnd);
    return { ...trial, name, host: run.hosts.urlOf(nth) };
  });
  await runTrials(trials, { ...run, onEnd: (outcome) => listeners.get(outcome.trial.name)?.(outcome) });
}

/** Returns items in batches of a size: the shops of one may stay for a whole run. */
export const inBatches = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, nth) => items.slice(nth * size, (nth + 1) * size));
