import { needsKeys } from '../../fixtures/needs.ts';
import { notApplicableIf } from '../../fixtures/not-applicable.ts';
import { expect, test } from '../../fixtures/test.ts';

const waysToForget = [
  ['has expired', 'expireKeys'],
  ['was purged', 'purgeKeys'],
] as const;

test.describe('forgotten keys', { tag: '@idempotency' }, () => {
  for (const [what, forget] of waysToForget) {
    test(`a key that ${what} debits nothing again`, async ({
      newOrder,
      payOrder,
      payOrderUntilSettled,
      shopDatabase,
      catalogue,
      profile,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
      const key = catalogue.idempotencyKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 80_000 });

      const forgotten = await test.step(`the key ${what}`, () => shopDatabase[forget](account));

      notApplicableIf(forgotten === 0, 'the profile names no table of payment keys that can expire or go');

      // Either the answer is still known, or the order's own state stands in for it.
      expect(await payOrderUntilSettled(order, key)).toReplayOrBeRefusedFor(original, 'order-state');
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [80_000],
        stock: [99],
        orders: ['paid'],
        payments: [20_000],
      });
    });
  }
});
