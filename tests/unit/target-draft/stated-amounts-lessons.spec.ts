import { expect, test } from '@playwright/test';
import { amountsStated } from '../../../helpers/target-check/steps/calls/refusal-steps.ts';
import { statedAmountsLessons } from '../../../helpers/target-draft/stated-amounts-lessons.ts';
import { reportOfStep } from '../support/outputs/report-of-step.ts';

const unstated = 'the refusal does not state the available amount';

const lessonsOf = (notes: readonly string[], problems: readonly string[] = []): unknown[] =>
  statedAmountsLessons(
    reportOfStep({
      ...{ title: 'be refused: too little balance', outcome: 'fits', notes },
      misfits: problems.map((problem) => ({ problem, suggestion: '' })),
    }).steps,
  ).map(({ value }) => value);

test.describe('lessons about stated amounts', () => {
  test('amounts that every refusal states are a policy, and those that one lacks are none', () => {
    expect(lessonsOf([amountsStated, amountsStated])).toEqual([true]);
    expect(lessonsOf([amountsStated, unstated])).toEqual([false]);
    expect(lessonsOf([amountsStated], [unstated])).toEqual([false]);
  });

  test('nothing is concluded where nothing was refused', () => {
    expect(lessonsOf([])).toEqual([]);
  });
});
