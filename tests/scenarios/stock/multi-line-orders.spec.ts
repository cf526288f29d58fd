import { needsCancellation, needsKeys, needsStock } from '../../../fixtures/needs.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';

test.describe('orders of many lines', { tag: ['@orders', '@stock'] }, () => {
  test(
    'an order of twelve products is paid with their sum and takes all of them',
    { tag: ['@balance', '@contract'] },
    async ({ holdsAtOnce, newAccount, newProduct, payOrder, shopApi, shopDatabase, catalogue }) => {
      holdsAtOnce({ products: 12 });
      const account = await newAccount({ balance: 1_000_000 });
      const products = [];
      for (let nth = 1; nth <= 12; nth += 1) products.push(await newProduct({ price: nth * 1_000, stock: 20 }));
      const lines = products.map((product, nth) => ({ ...product, quantity: (nth % 3) + 1 }));
      const { userId } = account;

      const ordered = await shopApi.createOrder({
        userId,
        items: lines.map(({ productId, quantity }) => ({ productId, quantity })),
        idempotencyKey: catalogue.idempotencyKey(),
      });
      expect(ordered).toBeOrdered({ userId, lines });
      const order = contentOf(ordered);
      expect(order.totalAmount).toBe(164_000);
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered({ userId, lines });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 836_000 });
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered({ userId, lines, status: 'paid' });
      const { stock, payments } = await shopDatabase.stateOf([account], products);
      expect({ stock, payments }).toEqual({
        stock: lines.map(({ quantity }) => 20 - quantity),
        payments: [164_000],
      });
    },
  );

  test(
    'a repeated order of twelve products answers the original',
    { tag: '@idempotency' },
    async ({ holdsAtOnce, newAccount, newProduct, shopApi, catalogue, profile }) => {
      holdsAtOnce({ products: 12 });
      needsKeys(profile, 'createOrder');
      const { userId } = await newAccount({ balance: 1_000_000 });
      const items = [];
      for (let nth = 1; nth <= 12; nth += 1) {
        const { productId } = await newProduct({ price: nth * 1_000, stock: 20 });
        items.push({ productId, quantity: nth });
      }
      const request = { userId, items, idempotencyKey: catalogue.idempotencyKey() };
      const original = await shopApi.createOrder(request);
      expect(await shopApi.createOrder(request)).toReplay(original);
    },
  );

  test('an order of twelve products is cancelled with all its lines', async ({
    holdsAtOnce,
    newAccount,
    newProduct,
    placeOrder,
    shopApi,
    profile,
  }) => {
    holdsAtOnce({ products: 12 });
    needsCancellation(profile);
    const account = await newAccount({ balance: 1_000_000 });
    const lines = [];
    for (let nth = 1; nth <= 12; nth += 1) {
      lines.push({ product: await newProduct({ price: nth * 1_000, stock: 20 }), quantity: nth });
    }
    const { orderId } = await placeOrder(account, ...lines);
    expect(await shopApi.cancelOrder(orderId, account)).toBeOrdered({
      userId: account.userId,
      status: 'cancelled',
      lines: lines.map(({ product, quantity }) => ({ ...product, quantity })),
    });
  });

  test(
    'lines of one product are added up with another between them',
    { tag: '@balance' },
    async ({ newAccount, newProduct, payOrder, shopApi, shopDatabase, catalogue }) => {
      const account = await newAccount({ balance: 100_000 });
      const chair = await newProduct({ price: 10_000, stock: 5 });
      const lamp = await newProduct({ price: 5_000, stock: 5 });
      const { userId } = account;
      const lines = [
        { ...chair, quantity: 2 },
        { ...lamp, quantity: 1 },
        { ...chair, quantity: 3 },
      ];
      const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
      const ordered = await shopApi.createOrder({ userId, items, idempotencyKey: catalogue.idempotencyKey() });
      expect(ordered).toBeOrdered({ userId, lines });
      const order = contentOf(ordered);
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 45_000 });
      expect((await shopDatabase.stateOf([account], [chair, lamp])).stock).toEqual([0, 4]);
    },
  );

  test('lines of one product are held against its stock as their sum, with another between them', async ({
    newAccount,
    newProduct,
    shopApi,
    shopDatabase,
    profile,
  }) => {
    needsStock(profile, { stockIsCheckedAt: 'order' });
    const account = await newAccount({ balance: 100_000 });
    const chair = await newProduct({ price: 10_000, stock: 5 });
    const lamp = await newProduct({ price: 5_000, stock: 5 });
    const items = [
      { productId: chair.productId, quantity: 3 },
      { productId: lamp.productId, quantity: 1 },
      { productId: chair.productId, quantity: 3 },
    ];
    const refused = await shopApi.createOrder({ userId: account.userId, items });
    expect(refused).toBeRefusedFor('stock', { available: 5 });
    expect(await shopDatabase.stateOf([account], [chair, lamp])).toMatchObject({ stock: [5, 5], orders: [] });
  });

  test(
    'a refusal for stock does not name a product that is there',
    { tag: '@contract' },
    async ({ newAccount, newProduct, shopApi, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { userId } = await newAccount({ balance: 100_000 });
      const plenty = await newProduct({ price: 1_000, stock: 10 });
      const scarce = await newProduct({ price: 1_000, stock: 1 });
      const items = [
        { productId: plenty.productId, quantity: 3 },
        { productId: scarce.productId, quantity: 2 },
      ];
      const refused = await shopApi.createOrder({ userId, items });
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });
      // A name may be part of the other one.
      const said = (refused.refusal?.message ?? '').replaceAll(scarce.name, '');
      expect(said, `the refusal of ${scarce.name}`).not.toContain(plenty.name);
    },
  );
});
