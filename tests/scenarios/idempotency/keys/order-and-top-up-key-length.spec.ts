import { needsKeys } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Catalogue } from '../../../../helpers/seeding/catalogue.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

/** Two keys that differ in the last of as many characters as there may be. */
const longest = (letter: string, catalogue: Catalogue, { policies }: TargetProfile): readonly [string, string] => {
  const key = catalogue.digits(8).padEnd(policies.key.maxLength - 1, letter);
  return [`${key}a`, `${key}b`];
};

test.describe('keys of orders and top-ups', { tag: '@idempotency' }, () => {
  for (const [script, letter] of [
    ['Latin', 'k'],
    ['Korean', '가'],
  ] as const) {
    test(
      `orders under keys that differ in the last of as many ${script} characters as there may be are two orders`,
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, 'createOrder');
        const account = await newAccount({ balance: 100_000 });
        const product = await newProduct({ price: 10_000, stock: 10 });
        const { userId } = account;
        const requests = longest(letter, catalogue, profile).map((idempotencyKey, nth) => ({
          ...{ userId, idempotencyKey, items: [{ productId: product.productId, quantity: nth + 1 }] },
        }));

        const originals = [];
        for (const [nth, request] of requests.entries()) {
          const original = await shopApi.createOrder(request);
          expect(original).toBeOrdered({ userId, lines: [{ ...product, quantity: nth + 1 }] });
          originals.push({ request, original });
        }
        for (const { request, original } of originals) expect(await shopApi.createOrder(request)).toReplay(original);
        expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending', 'pending']);
      },
    );

    test(
      `top-ups under keys that differ in the last of as many ${script} characters as there may be are both added`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, 'chargeBalance');
        const { userId } = await newAccount({ balance: 0 });
        const charges = longest(letter, catalogue, profile).map((idempotencyKey, nth) => ({
          ...{ idempotencyKey, amount: (nth + 1) * 1_000 },
        }));

        const originals = [];
        for (const charge of charges) {
          const original = await shopApi.chargeBalance(userId, charge);
          expect(contentOf(original)).toMatchObject({ userId, chargedAmount: charge.amount });
          originals.push({ charge, original });
        }
        for (const { charge, original } of originals) {
          expect(await shopApi.chargeBalance(userId, charge)).toReplay(original);
        }
        expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([3_000]);
      },
    );
  }
});
