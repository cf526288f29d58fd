import { needsKeyThatIsMalformed, needsKeys } from '../../../../fixtures/needs.ts';
import { numberRefusedOrText } from '../../../../fixtures/number-for-key.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Field } from '../../../../helpers/text/json.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

type MalformedKey = readonly [what: string, key: (profile: TargetProfile) => Field];

const tooLong: readonly MalformedKey[] = [
  ['a key of one character too many', ({ policies }) => 'k'.repeat(policies.key.maxLength + 1)],
  ['a key that a space makes too long', ({ policies }) => `${'k'.repeat(policies.key.maxLength)} `],
];

const none: MalformedKey = ['null for a key', () => null];
const list: MalformedKey = ['a list for a key', () => ['k']];

const malformed: readonly MalformedKey[] = [
  ['no key', () => undefined],
  ['an empty key', () => ''],
  none,
  ...tooLong,
  list,
];

/** How many orders two requests with an empty key, or null, may make: it is no key, or as good as none. */
const ordersWithoutKey = ({ policies }: TargetProfile): readonly number[] =>
  policies.key.requiredFor.includes('createOrder') ? [0] : [0, 2];

test.describe('malformed keys', { tag: ['@idempotency', '@contract'] }, () => {
  for (const [what, malformedKey] of malformed) {
    test(`a payment with ${what} is refused and moves nothing`, async ({
      newOrder,
      payOrder,
      shopApi,
      shopDatabase,
      profile,
    }) => {
      const idempotencyKey = malformedKey(profile);
      needsKeys(profile, 'pay');
      needsKeyThatIsMalformed(profile, 'pay', idempotencyKey);
      const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000 });
      const before = await shopDatabase.stateOf([account], [product]);

      const { userId } = account;
      // Twice: a malformed key must not become one key that everybody shares.
      for (const attempt of ['first', 'second']) {
        const refused = await test.step(`${attempt} attempt`, () =>
          shopApi.pay(order.orderId, { userId, idempotencyKey }));

        expect(refused).toBeRefusedFor('invalid-input');
      }
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 40_000 });
    });
  }

  for (const [what, malformedKey] of [...tooLong, list]) {
    test(
      `an order with ${what} is refused and leaves no order`,
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, profile }) => {
        needsKeys(profile, 'createOrder');
        const account = await newAccount({ balance: 10_000 });
        const product = await newProduct({ price: 10_000, stock: 10 });
        const items = [{ productId: product.productId, quantity: 1 }];
        const idempotencyKey = malformedKey(profile);
        const refused = await shopApi.createOrder({ userId: account.userId, items, idempotencyKey });
        expect(refused).toBeRefusedFor('invalid-input');
        expect((await shopDatabase.stateOf([account])).orders).toEqual([]);
      },
    );
  }

  for (const [what, malformedKey] of [none, ...tooLong, list]) {
    test(
      `a top-up with ${what} is refused`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, profile }) => {
        const idempotencyKey = malformedKey(profile);
        needsKeys(profile, 'chargeBalance');
        needsKeyThatIsMalformed(profile, 'chargeBalance', idempotencyKey);
        const { userId } = await newAccount({ balance: 5_000 });
        const refused = await shopApi.chargeBalance(userId, { amount: 1_000, idempotencyKey });
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-charge']);
        expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([5_000]);
      },
    );
  }

  test('a payment with a number for a key is refused, or is one under its text', async ({
    newOrder,
    shopApi,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const paid = await numberRefusedOrText(
      (idempotencyKey) => shopApi.pay(order.orderId, { userId: account.userId, idempotencyKey }),
      catalogue.digits(9),
    );
    expect(paid).toBePaid(order, { remainingBalance: 40_000 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [40_000], payments: [10_000] });
  });

  test(
    'an order with a number for a key is refused, or is one under its text',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 10_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const { userId } = account;
      const items = [{ productId: product.productId, quantity: 1 }];
      const ordered = await numberRefusedOrText(
        (idempotencyKey) => shopApi.createOrder({ userId, items, idempotencyKey }),
        catalogue.digits(9),
      );
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
    },
  );

  for (const [what, idempotencyKey] of [
    ['an empty key', ''],
    ['null for a key', null],
  ] as const) {
    test(
      `orders with ${what} are refused, or are an order each`,
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, profile }) => {
        needsKeys(profile, 'createOrder');
        const account = await newAccount({ balance: 20_000 });
        const { productId } = await newProduct({ price: 10_000, stock: 10 });
        const request = { userId: account.userId, items: [{ productId, quantity: 1 }], idempotencyKey };
        const answers = [await shopApi.createOrder(request), await shopApi.createOrder(request)];
        const made = answers.filter(({ outcome }) => outcome === 'ok');
        for (const answer of answers.filter(({ outcome }) => outcome !== 'ok')) {
          expect(answer).toBeRefusedFor('invalid-input');
        }
        expect(ordersWithoutKey(profile)).toContain(made.length);
        expect(new Set(made.map((answer) => contentOf(answer).orderId)).size).toBe(made.length);
        expect((await shopDatabase.stateOf([account])).orders).toHaveLength(made.length);
      },
    );
  }

  test(
    'a top-up with a number for a key is refused, or is one under its text',
    { tag: '@balance' },
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
