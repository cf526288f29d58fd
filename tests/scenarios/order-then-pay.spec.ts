import { expect, test } from '../../fixtures/test.ts';
import { paymentAmounts } from '../../helpers/budget.ts';
import { contentOf } from '../../helpers/shop-api.ts';

test.describe('order then pay', { tag: ['@smoke', '@orders'] }, () => {
  for (const price of paymentAmounts) {
    test(`an order of ${price} won is paid in full`, async ({
      account,
      newProduct,
      shopApi,
      shopDatabase,
      catalogue,
    }) => {
      const product = await newProduct({ price, stock: 10 });
      const [balance = 0] = (await shopDatabase.stateOf([account])).balances;

      const ordered = await shopApi.createOrder({
        userId: account.userId,
        items: [{ productId: product.productId, quantity: 1 }],
        idempotencyKey: catalogue.idempotencyKey(),
      });
      expect(ordered).toBeOrdered({
        userId: account.userId,
        lines: [{ productId: product.productId, quantity: 1, price }],
      });
      const order = contentOf(ordered);
      const paid = await shopApi.pay(order.orderId, {
        userId: account.userId,
        amount: price,
        idempotencyKey: catalogue.idempotencyKey(),
      });
      expect(paid).toBePaid(order, { remainingBalance: balance - price });
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [balance - price],
        stock: [9],
        orders: ['paid'],
        payments: [price],
      });
    });
  }
});
