import { needsCancellation } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { ShopApi } from '../../../helpers/api/shop-api.ts';
import type { Id } from '../../../helpers/profile/ids.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

/** Lets an instance keep what it shows of a product, if it shows products. */
const lookAtProduct = async (api: ShopApi, productId: Id): Promise<unknown> =>
  api.offers('getProduct') ? api.getProduct(productId) : undefined;

/** Returns the stock that an instance shows, or 1 where it shows no products. */
const stockShown = async (api: ShopApi, poll: () => Promise<{ readonly stock: number }>): Promise<number> =>
  api.offers('getProduct') ? (await poll()).stock : 1;

test.describe('views at another instance', { tag: '@contract', annotation: promise('reads-show-writes') }, () => {
  test(
    'balance topped up through one instance is shown with the top-up by another that showed the old one',
    { tag: '@balance' },
    async ({ instance, newAccount, shopApi, pollBalance, newKey }) => {
      const account = await newAccount({ balance: 5_000 });
      expect((await pollBalance(account, 5_000, instance(1))).balance).toBe(5_000);

      requireAnswer(await shopApi.chargeBalance(account.userId, topUpOf(20_000, newKey())));
      expect((await pollBalance(account, 25_000, instance(1))).balance).toBe(25_000);
    },
  );

  test(
    'order paid through one instance is shown as paid, its product with less stock, by another that showed both before',
    { tag: ['@orders', '@stock'] },
    async ({ instance, newOrder, payOrder, pollProduct }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000, stock: 2 });
      const shown = { userId: account.userId, lines: [{ ...product, quantity: 1 }] };
      const other = instance(1);
      expect(await other.getOrder(order.orderId, account)).toBeOrdered(shown);
      await lookAtProduct(other, product.productId);
      expect(await payOrder(order)).toBePaid(order);

      expect(await other.getOrder(order.orderId, account)).toBeOrdered({ ...shown, status: 'paid' });
      expect(await stockShown(other, () => pollProduct(product, 1, other))).toBe(1);
    },
  );

  test(
    'order cancelled through one instance is shown as cancelled by another that showed it before',
    { tag: '@orders' },
    async ({ instance, newOrder, shopApi, profile }) => {
      needsCancellation(profile);
      const { account, product, order } = await newOrder({ price: 10_000 });
      const shown = { userId: account.userId, lines: [{ ...product, quantity: 1 }] };
      expect(await instance(1).getOrder(order.orderId, account)).toBeOrdered(shown);
      requireAnswer(await shopApi.cancelOrder(order.orderId, account));

      expect(await instance(1).getOrder(order.orderId, account)).toBeOrdered({ ...shown, status: 'cancelled' });
    },
  );
});
