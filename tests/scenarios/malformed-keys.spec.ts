import { needsKeyThatIsMalformed, needsKeys } from '../../fixtures/needs.ts';
import { numberRefusedOrText } from '../../fixtures/number-for-key.ts';
import { expect, test } from '../../fixtures/test.ts';
import type { Field } from '../../helpers/request-body.ts';
import type { TargetProfile } from '../../helpers/target-profile/target-profile.ts';

const malformed: readonly (readonly [string, (profile: TargetProfile) => Field])[] = [
  ['no key', () => undefined],
  ['an empty key', () => ''],
  ['null for a key', () => null],
  ['a key of one character too many', ({ policies }) => 'k'.repeat(policies.key.maxLength + 1)],
  ['a list for a key', () => ['k']],
];

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
});
