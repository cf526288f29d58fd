import { needsKeys } from '../../../../fixtures/needs.ts';
import { numberRefusedOrText } from '../../../../fixtures/number-for-key.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/require-answer.ts';

test.describe('number keys', { tag: ['@idempotency', '@contract'] }, () => {
  test('payment with a number as idempotency key is refused or charged once as its text', async ({
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
    'order with a number as idempotency key is refused or created once as its text',
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

  test(
    'top-up with a number as idempotency key is refused or added once as its text',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 5_000 });
      const charged = await numberRefusedOrText(
        (idempotencyKey) => shopApi.chargeBalance(userId, { amount: 1_000, idempotencyKey }),
        catalogue.digits(9),
        ['invalid-input', 'invalid-charge'],
      );
      expect(requireAnswer(charged)).toMatchObject({ userId, balance: 6_000, chargedAmount: 1_000 });
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([6_000]);
    },
  );
});
