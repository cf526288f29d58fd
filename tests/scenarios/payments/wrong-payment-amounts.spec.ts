import { needsAmountThatCanBeWrong, needsPaymentAmount, needsTextAmounts } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { moneyCodec } from '../../../helpers/profile/money-codec.ts';
import { keyAfterRefusal } from '../../../helpers/profile/key-after-refusal.ts';
import type { Field } from '../../../helpers/text/json.ts';

const wrongAmounts: readonly (readonly [string, Field])[] = [
  ['an amount 1 won too low', 19_999],
  ['an amount 1 won too high', 20_001],
  ['amount 0', 0],
  ['a negative amount', -20_000],
  ['a fractional amount that rounds down to the total', 20_000.4],
  ['a fractional amount that rounds up to the total', 19_999.5],
  ['an amount 0.001 won too high', 20_000.001],
  ['an amount 0.001 won too low', 19_999.999],
  ['an amount 2^32 won too high', 20_000 + 2 ** 32],
  ['an amount 2^32 won too low', 20_000 - 2 ** 32],
  ['an amount as text', '20000'],
];

test.describe('wrong payment amounts', { tag: '@contract', annotation: promise('stated-amount-must-match') }, () => {
  for (const [kind, amount] of wrongAmounts) {
    test(
      `payment with ${kind} is refused and moves nothing`,
      { tag: '@balance' },
      async ({ newOrder, payOrder, shopDatabase, newKey, profile }) => {
        needsPaymentAmount(profile);
        needsAmountThatCanBeWrong(profile, amount);
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
        const before = await shopDatabase.stateOf([account], [product]);
        const idempotencyKey = newKey();
        expect(await payOrder(order, idempotencyKey, { amount })).toBeRefusedFor('invalid-input');
        expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
        const key = keyAfterRefusal(profile, idempotencyKey);
        expect(await payOrder(order, key)).toBePaid(order, { remainingBalance: 30_000 });
      },
    );
  }

  test(
    'payment with its amount as text is paid where the target reads it so',
    { tag: '@balance' },
    async ({ newOrder, payOrder, newKey, profile }) => {
      needsPaymentAmount(profile);
      needsTextAmounts(profile);
      const { order } = await newOrder({ balance: 50_000, price: 20_000 });
      const amount = String(moneyCodec(profile.money).toJson(20_000));
      expect(await payOrder(order, newKey(), { amount })).toBePaid(order, { remainingBalance: 30_000 });
    },
  );

  test(
    'payment with a null amount is refused, or charges the order total',
    { tag: '@balance' },
    async ({ newOrder, payOrder, newKey, profile }) => {
      needsPaymentAmount(profile);
      const { order } = await newOrder({ balance: 50_000, price: 20_000 });
      const idempotencyKey = newKey();
      const answer = await payOrder(order, idempotencyKey, { amount: null });
      for (const refused of [answer].filter(({ outcome }) => outcome !== 'ok')) {
        expect(refused).toBeRefusedFor('invalid-input');
      }
      const key = keyAfterRefusal(profile, idempotencyKey);
      const [paid = await payOrder(order, key)] = [answer].filter(({ outcome }) => outcome === 'ok');
      expect(paid).toBePaid(order, { remainingBalance: 30_000 });
    },
  );
});
