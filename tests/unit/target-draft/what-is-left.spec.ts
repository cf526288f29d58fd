import { expect, test } from '@playwright/test';
import type { CallName } from '../../../helpers/api/answers/exchange.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { PlacedMisfit } from '../../../helpers/target-check/report/step-report.ts';
import type { Evidence } from '../../../helpers/target-draft/evidence.ts';
import { whatIsLeft } from '../../../helpers/target-draft/what-is-left.ts';
import { reportOfStep } from '../support/outputs/report-of-step.ts';

const evidence: Evidence = {
  ...{ name: 'my-shop', isDocumented: true, source: 'from the document', errors: [] },
  operations: {
    ...{ health: [], getBalance: [], chargeBalance: [], getProduct: [] },
    ...{ createOrder: [], getOrder: [], cancelOrder: [], pay: [] },
  },
};

/** Returns what is said of a draft whose last try had a step with these misfits. */
const saidOf = (title: string, misfits: readonly PlacedMisfit[], succeeded: readonly CallName[]): string[] =>
  whatIsLeft({
    ...{ name: 'my-shop', evidence, profile: reference, succeeded: new Set(succeeded) },
    report: { ...reportOfStep({ title, outcome: 'misfit', misfits }), misfits: misfits.length },
  });

test.describe('what a draft has left open', () => {
  test('breach that no profile can allow is no misfit to mend, and the scenarios are next', () => {
    const breach = {
      problem: 'it should have been refused for foreign-order, but: 204',
      suggestion: 'the target must refuse this; no profile can allow it',
    };
    expect(saidOf("be refused: another user's order", [breach], ['createOrder', 'pay'])).toEqual([
      'No profile can allow, and the scenarios will report:',
      '  it should have been refused for foreign-order, but: 204',
      'The exit code is 1 for that; in the profile nothing is left to mend.',
      'Next: TARGET=my-shop npx playwright test',
    ]);
    const other = { problem: 'the answer has `id`', suggestion: "say orderId: 'id'" };
    expect(saidOf('look the order up', [breach, other], ['createOrder', 'pay']).at(-1)).toBe(
      '1 misfit left, and the exit code is 1 for that; to see what to say instead: TARGET=my-shop npm run target:check',
    );
  });

  test('step that stops all others is said with what to do about it', () => {
    const misfit = { problem: 'the log-in was answered 401', suggestion: 'check API_PASSWORD' };
    expect(saidOf('create an order', [misfit], [])).toEqual([
      'No call to create an order succeeded: what comes after it is assumed. Mend that first, and draft again.',
      '  check API_PASSWORD',
      '1 misfit left, and the exit code is 1 for that; to see what to say instead: TARGET=my-shop npm run target:check',
    ]);
  });

  test('exit code 3 is explained where the API failed, and nothing else is left', () => {
    const said = whatIsLeft({
      ...{ name: 'my-shop', evidence, profile: reference, succeeded: new Set<CallName>(['createOrder', 'pay']) },
      report: reportOfStep({ title: 'be refused', outcome: 'failed', failures: [{ sentence: 'the API failed: 500' }] }),
    });
    expect(said).toEqual([
      'The API failed 1 time: no matter of the profile; the scenarios will report it. The exit code is 3 for that.',
      'Next: TARGET=my-shop npx playwright test',
    ]);
  });
});
