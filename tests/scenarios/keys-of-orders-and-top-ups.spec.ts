import { needsKeys } from '../../fixtures/needs.ts';
import { numberRefusedOrText } from '../../fixtures/number-for-key.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { Catalogue } from '../../helpers/catalogue.ts';
import { lookalikes, withDigits } from '../../helpers/lookalike-keys.ts';
import { contentOf } from '../../helpers/shop-api.ts';
import type { TargetProfile } from '../../helpers/target-profile/target-profile.ts';

type Pair = (catalogue: Catalogue, profile: TargetProfile) => readonly [string, string];

const telling = ['upper and lower case', 'a trailing space', 'an accent', 'a picture'];

/** Pairs of keys that are two keys; each call has a place of its own where it keeps them. */
const pairs: readonly (readonly [difference: string, pair: Pair])[] = [
  ...lookalikes
    .filter(([difference]) => telling.includes(difference))
    .map(([difference, one, other]): [string, Pair] => [
      difference,
      (catalogue) => withDigits([one, other], catalogue),
    ]),
  ...['Latin', 'Korean'].map((script): [string, Pair] => [
    `the last of as many ${script} characters as there may be`,
    (catalogue, { policies }) => {
      const key = catalogue.digits(8).padEnd(policies.key.maxLength - 1, script === 'Latin' ? 'k' : '가');
      return [`${key}a`, `${key}b`];
    },
  ]),
];

test.describe('keys of orders and top-ups', { tag: '@idempotency' }, () => {
  for (const [difference, pair] of pairs) {
    test(
      `orders under keys that differ in ${difference} are two orders`,
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, 'createOrder');
        const account = await newAccount({ balance: 100_000 });
        const product = await newProduct({ price: 10_000, stock: 10 });
        const { userId } = account;
        const requests = pair(catalogue, profile).map((idempotencyKey, nth) => ({
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
      `top-ups under keys that differ in ${difference} are both added`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, 'chargeBalance');
        const { userId } = await newAccount({ balance: 0 });
        const charges = pair(catalogue, profile).map((idempotencyKey, nth) => ({
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

  test(
    'a top-up with a number for a key is refused, or is one under its text',
    { tag: ['@balance', '@contract'] },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 5_000 });
      const charged = await numberRefusedOrText(
        (idempotencyKey) => shopApi.chargeBalance(userId, { amount: 1_000, idempotencyKey }),
        catalogue.digits(9),
        ['invalid-input', 'invalid-charge'],
      );
      expect(contentOf(charged)).toMatchObject({ userId, balance: 6_000, chargedAmount: 1_000 });
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([6_000]);
    },
  );
});
