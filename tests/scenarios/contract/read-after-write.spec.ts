import { needsCancellation } from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('reads after writes', { tag: '@contract', annotation: promise('reads-show-writes') }, () => {
  test('sold-out product is shown with stock 0', { tag: '@stock' }, async ({ newOrder, payOrder, pollProduct }) => {
    const { product, order } = await newOrder({ price: 10_000, stock: 2, quantity: 2 });
    expect(await payOrder(order)).toBePaid(order);
    expect(await pollProduct(product, 0)).toMatchObject({ stock: 0 });
  });

  test(
    'balance never topped up and balance spent to the last won are shown as 0',
    { tag: '@balance' },
    async ({ newAccount, newOrder, payOrder, pollBalance }) => {
      const poor = await newAccount({ balance: 0 });
      expect((await pollBalance(poor, 0)).balance).toBe(0);
      const { account, order } = await newOrder({ balance: 10_000, price: 10_000 });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 0 });
      expect((await pollBalance(account, 0)).balance).toBe(0);
    },
  );

  test(
    'order read before its cancellation is shown as cancelled afterwards',
    { tag: '@orders' },
    async ({ newOrder, shopApi, profile }) => {
      needsCancellation(profile);
      const { account, product, order } = await newOrder({ price: 10_000 });
      const shown = { userId: account.userId, lines: [{ ...product, quantity: 1 }] };
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered(shown);

      expect(await shopApi.cancelOrder(order.orderId, account)).toBeOrdered({ ...shown, status: 'cancelled' });
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered({ ...shown, status: 'cancelled' });
    },
  );

  test(
    'balance read before a top-up is shown with the top-up afterwards',
    { tag: '@balance' },
    async ({ newAccount, shopApi, pollBalance, newKey }) => {
      const account = await newAccount({ balance: 5_000 });
      expect((await pollBalance(account, 5_000)).balance).toBe(5_000);

      const charge = topUpOf(20_000, newKey());
      expect(requireAnswer(await shopApi.chargeBalance(account.userId, charge)).balance).toBe(25_000);
      expect((await pollBalance(account, 25_000)).balance).toBe(25_000);
    },
  );

  test(
    'balance and order total beyond 32 bits are shown to the won',
    { tag: '@balance' },
    async ({ newOrder, payOrder, shopApi, pollBalance }) => {
      const { account, product, order } = await newOrder({
        ...{ balance: 9_000_000_000_003, price: 4_222_222_223, quantity: 3 },
      });
      const lines = [{ ...product, quantity: 3 }];
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered({ userId: account.userId, lines });
      expect(await payOrder(order)).toBePaid(order);
      expect((await pollBalance(account, 8_987_333_333_334)).balance).toBe(8_987_333_333_334);
    },
  );

  test('price beyond 32 bits is shown to the won', async ({ newProduct, shopApi }) => {
    const { productId } = await newProduct({ price: 4_222_222_223, stock: 10 });
    const { price } = requireAnswer(await shopApi.getProduct(productId));
    expect(price).toBe(4_222_222_223);
  });

  test(
    'product name with Korean, markup and emoji is shown unchanged, also in a replayed order',
    { tag: ['@orders', '@idempotency'] },
    async ({ newAccount, newProduct, shopApi, newKey, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 50_000 });
      const { userId } = account;
      const product = await newProduct({ price: 10_000, stock: 5, name: '키보드 24" & <b>Pro</b> \\ é 😀' });
      const { productId, name } = product;
      const request = orderOf(account, product, { idempotencyKey: newKey() });
      const lines = [{ ...product, quantity: 1 }];

      expect({ name, ...requireAnswer(await shopApi.getProduct(productId)) }).toMatchObject({ name });
      const ordered = await shopApi.createOrder(request);
      expect(ordered).toBeOrdered({ userId, lines });
      expect(await shopApi.createOrder(request)).toReplay(ordered);
      expect(await shopApi.getOrder(requireAnswer(ordered).orderId, { userId })).toBeOrdered({ userId, lines });
    },
  );
});
