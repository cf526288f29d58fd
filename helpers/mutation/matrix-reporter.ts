import path from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { z } from 'zod';
import { watchProcess } from '../../fixtures/shops/database/server/watch-process.ts';
import { deviationSchema, observedSchema } from '../findings/deviations/deviation.ts';
import { currentTarget } from '../profile/current-target.ts';
import { endedScenario } from '../report/ended-scenarios.ts';
import { plannedTrials } from './matrix-plan.ts';
import { triedAnnotation, trialAnnotation } from './annotations.ts';

const endSchema = z.object({
  event: z.literal('end'),
  trial: z.string(),
  file: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  status: z.enum(['passed', 'failed', 'timedOut', 'skipped', 'interrupted']),
  /** Whether the shop answered, and its database was connected to. */
  isTried: z.boolean(),
  error: z.string(),
  seconds: z.number(),
  /** The folder of its spec, and what it saw where it failed. */
  folder: z.string(),
  promise: z.string().optional(),
  deviations: z.array(deviationSchema),
  /** All that it saw, where its trial wants to know. */
  observed: observedSchema.optional(),
});

/** What a run of the matrix tells as it goes on, a line of JSON each. */
export const matrixEventSchema = z.discriminatedUnion('event', [
  /** How many scenarios each trial has. */
  z.object({ event: z.literal('begin'), scenarios: z.record(z.string(), z.number()) }),
  endSchema,
  z.object({ event: z.literal('error'), message: z.string() }),
]);

export type MatrixEvent = z.infer<typeof matrixEventSchema>;

/** A scenario that has ended. */
export type TriedScenario = z.infer<typeof endSchema>;

const told = (annotations: TestCase['annotations'], wanted: string): string | undefined =>
  annotations.find(({ type }) => type === wanted)?.description;

const fileOf = ({ parent }: TestCase): string => {
  for (let suite: Suite | undefined = parent; suite; suite = suite.parent) {
    if (suite.type === 'file') return path.basename(suite.location?.file ?? '');
  }
  return '';
};

const tell = (event: MatrixEvent): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`);
};

/** Tells the fault matrix, line by line, what becomes of its trials. Ends the run when the matrix has ended. */
export default class MatrixReporter implements Reporter {
  /** The trials of which everything is told. */
  readonly #wanting = new Set((plannedTrials() ?? []).flatMap((one) => (one.wantsEvidence ? [one.name] : [])));

  constructor() {
    watchProcess(process.ppid, () => process.kill(process.pid, 'SIGINT'));
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    const scenarios: Record<string, number> = {};
    for (const { annotations } of suite.allTests()) {
      const trial = told(annotations, trialAnnotation) ?? '';
      scenarios[trial] = (scenarios[trial] ?? 0) + 1;
    }
    tell({ event: 'begin', scenarios });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const { status, annotations, errors, duration } = result;
    const { title, tags } = test;
    const trial = told(test.annotations, trialAnnotation) ?? '';
    const { promise, observed, file } = endedScenario(test, result, currentTarget());
    tell({
      ...{ event: 'end', file: fileOf(test), title, tags, status },
      trial,
      isTried: told(annotations, triedAnnotation) !== undefined,
      error: errors[0]?.message ?? '',
      seconds: duration / 1000,
      folder: path.dirname(file),
      ...(promise !== undefined && { promise }),
      deviations: observed?.deviations ?? [],
      ...(observed && this.#wanting.has(trial) && { observed }),
    });
  }

  onError({ message = '' }: TestError): void {
    tell({ event: 'error', message });
  }

  printsToStdio(): boolean {
    return true;
  }
}
