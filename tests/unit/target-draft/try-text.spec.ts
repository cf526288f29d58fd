import { expect, test } from '@playwright/test';
import type { StepReport } from '../../../helpers/target-check/report/step-report.ts';
import { tryText } from '../../../helpers/target-draft/try-text.ts';
import { reportOfStep } from '../support/outputs/report-of-step.ts';

const stepsOf = (...steps: readonly Parameters<typeof reportOfStep>[0][]): { steps: readonly StepReport[] } => ({
  steps: steps.flatMap((step) => reportOfStep(step).steps),
});

const report = stepsOf(
  { title: 'read a balance', outcome: 'fits' },
  {
    ...{ title: 'create an order', outcome: 'misfit' },
    misfits: [{ problem: 'the answer has `id`', suggestion: "say orderId: 'id'" }],
  },
  { title: 'pay the order', outcome: 'failed', failures: [{ sentence: 'the API failed: 500' }] },
);

test.describe('text of a try', () => {
  test('misfits of all tries but the last are lessons, which the first line says, and no crosses', () => {
    expect(tryText(1, report, { isLast: false }).split('\n')).toEqual([
      'try 1: 1 of 3 steps fit; what → shows is no failure: the next try has learnt it',
      '  → create an order: the answer has `id`',
      '  ! pay the order: the API failed: 500',
    ]);
  });

  test('misfits of the last try have crosses', () => {
    expect(tryText(2, report, { isLast: true }).split('\n')).toEqual([
      'try 2: 1 of 3 steps fit',
      '  ✗ create an order: the answer has `id`',
      '  ! pay the order: the API failed: 500',
    ]);
  });

  test('try without a lesson explains no arrows', () => {
    const failed = stepsOf({ title: 'pay the order', outcome: 'failed', failures: [{ sentence: '500' }] });
    expect(tryText(1, failed, { isLast: false })).toBe('try 1: 0 of 1 steps fit\n  ! pay the order: 500');
  });
});
