import type { StepReport } from '../target-check/report/step-report.ts';
import { amountsStated, amountsUnstated } from '../target-check/steps/calls/refusal-steps.ts';
import type { Lesson } from './learn.ts';

/**
 * Returns what the refusals of balance and stock say of `refusalsStateAmounts`: true where all that were seen state both
 * amounts, false where one does not.
 */
export function statedAmountsLessons(steps: readonly StepReport[]): Lesson[] {
  const lesson = (value: boolean): Lesson[] => [
    { property: ['policies', 'refusalsStateAmounts'], value, ground: 'seen' },
  ];
  const said = steps.flatMap(({ notes, misfits }) => [...notes, ...misfits.map(({ problem }) => problem)]);
  if (said.some((one) => one.startsWith(amountsUnstated))) return lesson(false);
  return said.includes(amountsStated) ? lesson(true) : [];
}
