import { needsKeyThatIsMalformed, needsKeys } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import type { Field } from '../../../../helpers/text/json.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

type MalformedKey = readonly [kind: string, key: (profile: TargetProfile) => Field];

const tooLong: readonly MalformedKey[] = [
  ['an idempotency key 1 character too long', ({ policies }) => 'k'.repeat(policies.key.maxLength + 1)],
  ['an idempotency key made too long by a trailing space', ({ policies }) => `${'k'.repeat(policies.key.maxLength)} `],
];

const none: MalformedKey = ['a null idempotency key', () => null];
const list: MalformedKey = ['a list as idempotency key', () => ['k']];

const malformed: readonly MalformedKey[] = [
  ['no idempotency key', () => undefined],
  ['an empty idempotency key', () => ''],
  none,
  ...tooLong,
  list,
];

test.describe('malformed keys', { tag: ['@idempotency', '@contract'] }, () => {
  for (const [kind, malformedKey] of malformed) {
    test(`payment with ${kind} is refused and moves nothing`, async ({
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
      // Twice, as a malformed key must not become a key that all such requests share.
      for (const attempt of ['first', 'second']) {
        const refused = await test.step(`${attempt} attempt`, () =>
          shopApi.pay(order.orderId, { userId, idempotencyKey }));

        expect(refused).toBeRefusedFor('invalid-input');
      }
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 40_000 });
    });
  }

  for (const [kind, malformedKey] of [...tooLong, list]) {
    test(
      `order with ${kind} is refused and creates nothing`,
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

  for (const [kind, malformedKey] of [none, ...tooLong, list]) {
    test(
      `top-up with ${kind} is refused and adds nothing`,
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
});
