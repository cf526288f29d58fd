import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import type { Catalogue } from '../../../../helpers/seeding/catalogue.ts';

/** Returns two keys of maximum length that differ in the last character. */
const makeMaxLengthKeys = (
  letter: string,
  catalogue: Catalogue,
  { policies }: TargetProfile,
): readonly [string, string] => {
  const key = catalogue.digits(8).padEnd(policies.key.maxLength - 1, letter);
  return [`${key}a`, `${key}b`];
};

const longKeys = [
  ['maximum-length', (digits: string, maxLength: number) => digits.padEnd(maxLength, 'k')],
  // Each emoji takes two of the UTF-16 units that a length may count.
  ['emoji', (digits: string, maxLength: number) => digits + '😀'.repeat(Math.floor(maxLength / 2) - 4)],
] as const;

test.describe('key length limits', { tag: '@idempotency', annotation: promise('keys-compared-exactly') }, () => {
  for (const [script, letter] of [
    ['Latin', 'k'],
    ['Korean', '가'],
  ] as const) {
    test(`payments under maximum-length ${script} keys that differ in the last character are both charged`, async ({
      newBuyer,
      placeOrder,
      payOrder,
      shopDatabase,
      catalogue,
      profile,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
      const first = await placeOrder(account, { product });
      const second = await placeOrder(account, { product, quantity: 2 });
      const [firstKey, secondKey] = makeMaxLengthKeys(letter, catalogue, profile);

      expect(await payOrder(first, firstKey)).toBePaid(first, { remainingBalance: 90_000 });
      expect(await payOrder(second, secondKey)).toBePaid(second, { remainingBalance: 70_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [70_000] });
    });

    test(
      `orders under maximum-length ${script} keys that differ in the last character are both created`,
      { tag: '@orders' },
      async ({ newBuyer, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, 'createOrder');
        const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
        const { userId } = account;
        const requests = makeMaxLengthKeys(letter, catalogue, profile).map((idempotencyKey, index) =>
          orderOf(account, product, { quantity: index + 1, idempotencyKey }),
        );

        const originals = [];
        for (const [index, request] of requests.entries()) {
          const original = await shopApi.createOrder(request);
          expect(original).toBeOrdered({ userId, lines: [{ ...product, quantity: index + 1 }] });
          originals.push({ request, original });
        }
        for (const { request, original } of originals) expect(await shopApi.createOrder(request)).toReplay(original);
        expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending', 'pending'] });
      },
    );

    test(
      `top-ups under maximum-length ${script} keys that differ in the last character are both added`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, 'chargeBalance');
        const { userId } = await newAccount({ balance: 0 });
        const charges = makeMaxLengthKeys(letter, catalogue, profile).map((key, index) =>
          topUpOf((index + 1) * 1_000, key),
        );

        const originals = [];
        for (const charge of charges) {
          const original = await shopApi.chargeBalance(userId, charge);
          expect(requireAnswer(original)).toMatchObject({ userId, chargedAmount: charge.amount });
          originals.push({ charge, original });
        }
        for (const { charge, original } of originals) {
          expect(await shopApi.chargeBalance(userId, charge)).toReplay(original);
        }
        expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [3_000] });
      },
    );
  }

  for (const [kind, makeKey] of longKeys) {
    test(`${kind} idempotency key pays and replays`, async ({ newOrder, payOrder, catalogue, profile }) => {
      needsKeys(profile, 'pay');
      const { order } = await newOrder({ balance: 10_000, price: 10_000 });
      const key = makeKey(catalogue.digits(8), profile.policies.key.maxLength);
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 0 });
      expect(await payOrder(order, key)).toReplay(original);
    });
  }
});
