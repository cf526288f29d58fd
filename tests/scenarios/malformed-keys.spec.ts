import { needsKeyThatIsMalformed, needsKeys } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { Field } from '../../helpers/request-body.ts';
import type { TargetProfile } from '../../helpers/target-profile/target-profile.ts';

type MalformedKey = readonly [what: string, key: (profile: TargetProfile) => Field];

const tooLong: readonly MalformedKey[] = [
  ['a key of one character too many', ({ policies }) => 'k'.repeat(policies.key.maxLength + 1)],
  ['a key that a space makes too long', ({ policies }) => `${'k'.repeat(policies.key.maxLength)} `],
];

const malformed: readonly MalformedKey[] = [
  ['no key', () => undefined],
  ['an empty key', () => ''],
  ['null for a key', () => null],
  ...tooLong,
  ['a number for a key', () => 12_345],
  ['a list for a key', () => ['k']],
];

const malformedForOrders: readonly MalformedKey[] = [
  ['an empty key', () => ''],
  ...tooLong,
  ['a number for a key', () => 12_345],
];

const malformedForTopUps: readonly MalformedKey[] = [...tooLong, ['a number for a key', () => 12_345]];

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

  for (const [what, malformedKey] of malformedForOrders) {
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

  for (const [what, malformedKey] of malformedForTopUps) {
    test(
      `a top-up with ${what} is refused`,
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, profile }) => {
        needsKeys(profile, 'chargeBalance');
        const { userId } = await newAccount({ balance: 5_000 });
        const idempotencyKey = malformedKey(profile);
        const refused = await shopApi.chargeBalance(userId, { amount: 1_000, idempotencyKey });
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-charge']);
        expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([5_000]);
      },
    );
  }
});
