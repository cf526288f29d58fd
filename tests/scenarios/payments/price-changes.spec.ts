import { needsCancellation, needsTotalsOfLines } from '../../../fixtures/needs/needs.ts';
import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('price changes', { tag: ['@orders', '@balance'], annotation: promise('order-keeps-its-price') }, () => {
  for (const [change, price, left] of [
    ['dearer', 45_000, 145_000],
    ['cheaper', 4_000, 268_000],
  ] as const) {
    test(`product that became ${change} is ordered at its new price, an older order paid at its old one`, async ({
      newBuyer,
      placeOrder,
      payOrder,
      shopApi,
      shopDatabase,
      newKey,
      profile,
    }) => {
      notApplicableIf(profile.policies.productsAreCachedForMs > 0, 'this target may sell at the price of a moment ago');
      needsTotalsOfLines(profile);
      const { account, product } = await newBuyer({ balance: 300_000, price: 10_000, stock: 10 });
      const { userId } = account;
      const older = await placeOrder(account, { product, quantity: 2 });

      await test.step(`the product now costs ${price} won`, () => shopDatabase.setPrice(product, price));

      const ordered = await shopApi.createOrder(orderOf(account, product, { quantity: 3, idempotencyKey: newKey() }));
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, price, quantity: 3 }] });
      const order = requireAnswer(ordered);
      expect(await payOrder(older)).toBePaid(older, { remainingBalance: 280_000 });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: left });
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [left] });
    });
  }

  test('cancelled order shows its order-time price after the product became dearer', async ({
    newOrder,
    shopApi,
    shopDatabase,
    profile,
  }) => {
    needsCancellation(profile);
    const { account, product, order } = await newOrder({ price: 10_000, quantity: 2 });

    await test.step('the product now costs 45000 won', () => shopDatabase.setPrice(product, 45_000));

    expect(await shopApi.cancelOrder(order.orderId, account)).toBeOrdered({
      userId: account.userId,
      status: 'cancelled',
      lines: [{ ...product, quantity: 2 }],
    });
  });
});
