import { needsForgottenRefusals, needsKeys, needsStock } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import { absentId } from '../../helpers/ids.ts';
import { contentOf } from '../../helpers/shop-api.ts';

test.describe('keys after refusals', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsForgottenRefusals(profile);
  });

  test('a key that was refused for a cancelled order pays another order', async ({
    newOrder,
    placeOrder,
    payOrder,
    shopApi,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const other = await placeOrder(account, { product });
    await shopApi.cancelOrder(order.orderId, account);
    const key = catalogue.idempotencyKey();
    expect(await payOrder(order, key)).toBeRefusedFor('order-state');

    expect(await payOrder(other, key)).toBePaid(other, { remainingBalance: 40_000 });
  });

  test('a key that was refused for a paid order pays another order', async ({
    newOrder,
    placeOrder,
    payOrder,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const other = await placeOrder(account, { product });
    expect(await payOrder(order)).toBePaid(order);
    const key = catalogue.idempotencyKey();
    expect(await payOrder(order, key)).toBeRefusedFor('order-state');

    expect(await payOrder(other, key)).toBePaid(other, { remainingBalance: 30_000 });
  });

  test('a key that was refused for somebody else’s order pays one’s own', async ({
    newOrder,
    payOrder,
    shopApi,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const foreign = await newOrder({ balance: 50_000, price: 10_000 });
    const own = await newOrder({ balance: 50_000, price: 20_000 });
    const idempotencyKey = catalogue.idempotencyKey();
    const tried = await shopApi.pay(foreign.order.orderId, { userId: own.account.userId, idempotencyKey });
    expect(tried).toBeRefusedFor('foreign-order');

    expect(await payOrder(own.order, idempotencyKey)).toBePaid(own.order, { remainingBalance: 30_000 });
  });

  test('a key that was refused for an order that does not exist pays one that does', async ({
    newOrder,
    payOrder,
    shopApi,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const idempotencyKey = catalogue.idempotencyKey();
    const tried = await shopApi.pay(absentId(order.orderId), { userId: account.userId, idempotencyKey });
    expect(tried).toBeRefusedFor('unknown-order');

    expect(await payOrder(order, idempotencyKey)).toBePaid(order, { remainingBalance: 40_000 });
  });

  test('a key that was refused for stock pays another order', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    needsStock(profile, { stockIsTakenAt: 'payment' });
    const account = await newAccount({ balance: 50_000 });
    const scarce = await newProduct({ price: 10_000, stock: 1 });
    const slow = await placeOrder(account, { product: scarce });
    const quick = await placeOrder(account, { product: scarce });
    const other = await placeOrder(account, { product: await newProduct({ price: 20_000, stock: 1 }) });
    expect(await payOrder(quick)).toBePaid(quick);
    const key = catalogue.idempotencyKey();
    expect(await payOrder(slow, key)).toBeRefusedFor('stock', { required: 1, available: 0 });

    expect(await payOrder(other, key)).toBePaid(other, { remainingBalance: 20_000 });
  });

  test(
    'a key that was refused for stock makes a smaller order',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { userId } = await newAccount({ balance: 50_000 });
      const product = await newProduct({ price: 10_000, stock: 1 });
      const { productId } = product;
      const idempotencyKey = catalogue.idempotencyKey();
      const refused = await shopApi.createOrder({ userId, items: [{ productId, quantity: 2 }], idempotencyKey });
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });

      const ordered = await shopApi.createOrder({ userId, items: [{ productId, quantity: 1 }], idempotencyKey });
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
    },
  );

  test(
    'a key that was refused for a product that does not exist orders one that does',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 50_000 });
      const { userId } = account;
      const product = await newProduct({ price: 10_000, stock: 5 });
      const ordering = (productId: typeof product.productId, idempotencyKey: string) =>
        shopApi.createOrder({ userId, items: [{ productId, quantity: 1 }], idempotencyKey });
      const key = catalogue.idempotencyKey();
      expect(await ordering(absentId(product.productId), key)).toBeRefusedFor('unknown-product');

      const ordered = await ordering(product.productId, key);
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect(await ordering(product.productId, key)).toReplay(ordered);
      const order = contentOf(ordered);
      expect((await shopDatabase.ledger([account], [])).orders).toMatchObject([{ orderId: order.orderId }]);
    },
  );
});
