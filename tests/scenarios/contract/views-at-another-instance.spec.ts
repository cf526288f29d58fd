import { needsCancellation } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('views at another instance', { tag: '@contract', annotation: promise('reads-show-writes') }, () => {
  test(
    'balance topped up through one instance is shown so by another that has shown it before',
    { tag: '@balance' },
    async ({ instance, newAccount, shopApi, pollBalance, newKey }) => {
      const account = await newAccount({ balance: 5_000 });
      expect((await pollBalance(account, 5_000, instance(1))).balance).toBe(5_000);

      requireAnswer(await shopApi.chargeBalance(account.userId, topUpOf(20_000, newKey())));
      expect((await pollBalance(account, 25_000, instance(1))).balance).toBe(25_000);
    },
  );

  test(
    'order and product sold through one instance are shown so by another that has shown them before',
    { tag: ['@orders', '@stock'] },
    async ({ instance, newOrder, payOrder, pollProduct }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000, stock: 2 });
      const shown = { userId: account.userId, lines: [{ ...product, quantity: 1 }] };
      const other = instance(1);
      expect(await other.getOrder(order.orderId, account)).toBeOrdered(shown);
      const before = other.offers('getProduct') ? requireAnswer(await other.getProduct(product.productId)).stock : 2;
      expect(await payOrder(order)).toBePaid(order);

      expect(await other.getOrder(order.orderId, account)).toBeOrdered({ ...shown, status: 'paid' });
      if (before === 2 && other.offers('getProduct')) {
        expect(await pollProduct(product, 1, other)).toMatchObject({ stock: 1 });
      }
    },
  );

  test(
    'order cancelled through one instance is shown so by another that has shown it before',
    { tag: '@orders' },
    async ({ instance, newOrder, shopApi, profile }) => {
      needsCancellation(profile);
      const { account, product, order } = await newOrder({ price: 10_000 });
      const shown = { userId: account.userId, lines: [{ ...product, quantity: 1 }] };
      expect(await instance(1).getOrder(order.orderId, account)).toBeOrdered(shown);
      expect((await shopApi.cancelOrder(order.orderId, account)).outcome, 'outcome of the cancellation').toBe('ok');

      expect(await instance(1).getOrder(order.orderId, account)).toBeOrdered({ ...shown, status: 'cancelled' });
    },
  );
});
