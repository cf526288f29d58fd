import { needsKeys } from '../../fixtures/needs.ts';
import { notApplicableIf } from '../../fixtures/not-applicable.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { PaymentAnswer } from '../../helpers/answers.ts';
import type { Exchange } from '../../helpers/exchange.ts';

type Judge = (again: Exchange<PaymentAnswer>, original: Exchange<PaymentAnswer>) => void;

/** Either the answer is still known, or the order's own state stands in for it. */
const paysNothing: Judge = (again, original) => {
  expect(again).toReplayOrBeRefusedFor(original, 'order-state');
};

const replays: Judge = (again, original) => {
  expect(again).toReplay(original);
};

const waysToForget = [
  ['has expired debits nothing again', 'expireKeys', paysNothing],
  ['was purged debits nothing again', 'purgeKeys', paysNothing],
  ['is a minute old still answers the original', 'ageKeys', replays],
] as const;

test.describe('forgotten keys', { tag: '@idempotency' }, () => {
  for (const [what, forget, judge] of waysToForget) {
    test(`a key that ${what}`, async ({
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

      const forgotten = await test.step('the key grows old or goes', () => shopDatabase[forget](account, 'pay'));

      notApplicableIf(forgotten === 0, 'the profile names no table of payment keys that can grow old, expire or go');

      judge(await payOrderUntilSettled(order, key), original);
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [80_000],
        stock: [99],
        orders: ['paid'],
        payments: [20_000],
      });
    });
  }
});
