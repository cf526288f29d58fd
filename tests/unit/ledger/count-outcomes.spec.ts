import { expect, test } from '@playwright/test';
import { countOutcomes } from '../../../helpers/ledger/count-outcomes.ts';
import { inProgress, lost, paid, refused, unaffordable } from '../support/examples/exchange-examples.ts';

test.describe('counted outcomes', () => {
  test('successes, causes of refusals and lost answers are counted', () => {
    expect(countOutcomes([])).toEqual({});
    const exchanges = [paid(), unaffordable(), paid(), inProgress(), lost('pay'), refused('pay', 409, '{}')];
    expect(countOutcomes(exchanges)).toEqual({ ok: 2, balance: 1, 'in-progress': 1, 'unknown outcome': 1, unknown: 1 });
  });
});
