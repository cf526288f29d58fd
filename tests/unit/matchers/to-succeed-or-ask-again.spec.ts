import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { setCurrentTarget } from '../../../helpers/profile/current-target.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { inProgress, lost, paid, unaffordable } from '../support/examples/exchange-examples.ts';

const failedInside: Exchange = {
  ...paid(),
  outcome: 'unknown',
  isInterrupted: true,
  response: { status: 500, headers: {}, body: '' },
};

test.describe('toSucceedOrAskAgain', () => {
  test.beforeEach(() => {
    setCurrentTarget(reference);
  });

  test('passes for a success, a failure inside, and a request to come again', () => {
    for (const exchange of [paid(), failedInside, inProgress()]) expect(exchange).toSucceedOrAskAgain();
  });

  test('fails without an answer, or after a refusal for a wrong cause', () => {
    expect(() => {
      expect(lost('pay')).toSucceedOrAskAgain();
    }).toThrow('no answer came');
    expect(() => {
      expect(unaffordable()).toSucceedOrAskAgain();
    }).toThrow('it was refused for balance, which is not what kept it from being done');
  });
});
