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
      const before = await shopDatabase.keyRows(account, 'pay');
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 80_000 });

      const after = await shopDatabase.keyRows(account, 'pay');
      const grown = after.filter(({ rows }, nth) => rows > (before[nth]?.rows ?? 0)).map(({ table }) => table);
      const promised = after.filter(({ optional }) => !optional).map(({ table }) => table);
      notApplicableIf([...grown, ...promised].length === 0, 'the profile names no table of payment keys');
      expect(
        grown.length,
        `user ${account.userId} has no new row in ${promised.join(' or ')}, where the profile says that payment keys are ` +
          `kept, after the payment under the key ${key}: tables with a new row`,
      ).toBeGreaterThan(0);

      const forgotten = await test.step(`the key ${what}`, () => shopDatabase[forget](account, 'pay'));

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
