import { needsCancellation, needsStock, needsTotalsOfLines } from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('multi-line orders', { tag: ['@orders', '@stock'], annotation: promise('every-line-counts') }, () => {
  test(
    'order of 12 products is paid with their sum and takes the stock of each',
    { tag: ['@balance', '@contract'] },
    async ({ holdsAtOnce, newAccount, newProduct, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsTotalsOfLines(profile);
      holdsAtOnce({ products: 12 });
      const account = await newAccount({ balance: 1_000_000 });
      const products = [];
      for (let nth = 1; nth <= 12; nth += 1) products.push(await newProduct({ price: nth * 1_000, stock: 20 }));
      const lines = products.map((product, nth) => ({ ...product, quantity: (nth % 3) + 1 }));
      const { userId } = account;

      const ordered = await shopApi.createOrder(orderOfLines(account, lines, { idempotencyKey: newKey() }));
      expect(ordered).toBeOrdered({ userId, lines });
      const order = requireAnswer(ordered);
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
    'replayed order of 12 products answers the original',
    { tag: '@idempotency', annotation: promise('replay-answers-original') },
    async ({ holdsAtOnce, newAccount, newProduct, shopApi, newKey, profile }) => {
      holdsAtOnce({ products: 12 });
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 1_000_000 });
      const lines = [];
      for (let nth = 1; nth <= 12; nth += 1) {
        lines.push({ ...(await newProduct({ price: nth * 1_000, stock: 20 })), quantity: nth });
      }
      const request = orderOfLines(account, lines, { idempotencyKey: newKey() });
      const original = await shopApi.createOrder(request);
      expect(await shopApi.createOrder(request)).toReplay(original);
    },
  );

  test('cancellation of an order of 12 products answers all its lines', async ({
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
    'order with lines of products A, B and A adds up the quantities of A',
    { tag: '@balance' },
    async ({ newAccount, newProduct, payOrder, shopApi, shopDatabase, newKey }) => {
      const account = await newAccount({ balance: 100_000 });
      const chair = await newProduct({ price: 10_000, stock: 5 });
      const lamp = await newProduct({ price: 5_000, stock: 5 });
      const lines = [
        { ...chair, quantity: 2 },
        { ...lamp, quantity: 1 },
        { ...chair, quantity: 3 },
      ];
      const ordered = await shopApi.createOrder(orderOfLines(account, lines, { idempotencyKey: newKey() }));
      expect(ordered).toBeOrdered({ userId: account.userId, lines });
      const order = requireAnswer(ordered);
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 45_000 });
      expect(await shopDatabase.stateOf([account], [chair, lamp])).toMatchObject({ stock: [0, 4] });
    },
  );

  test('order with lines of products A, B and A is refused when both A lines together exceed the stock', async ({
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
    const lines = [
      { ...chair, quantity: 3 },
      { ...lamp, quantity: 1 },
      { ...chair, quantity: 3 },
    ];
    const refused = await shopApi.createOrder(orderOfLines(account, lines));
    // Of both lines together, or of the second one beside the first.
    expect(refused).toBeRefusedFor('stock', [
      { required: 6, available: 5 },
      { required: 3, available: 2 },
    ]);
    expect(await shopDatabase.stateOf([account], [chair, lamp])).toMatchObject({ stock: [5, 5], orders: [] });
  });

  test(
    'order refused for stock does not name a product in stock',
    { tag: '@contract', annotation: promise('refusal-names-true-cause') },
    async ({ newAccount, newProduct, shopApi, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const account = await newAccount({ balance: 100_000 });
      const plenty = await newProduct({ price: 1_000, stock: 10 });
      const scarce = await newProduct({ price: 1_000, stock: 1 });
      const lines = [
        { ...plenty, quantity: 3 },
        { ...scarce, quantity: 2 },
      ];
      const refused = await shopApi.createOrder(orderOfLines(account, lines));
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });
      // One product's name may contain the other's.
      const messageWithoutScarce = (refused.refusal?.message ?? '').replaceAll(scarce.name, '');
      expect(messageWithoutScarce, `the refusal of ${scarce.name}`).not.toContain(plenty.name);
    },
  );

  test('payment of lines of products A, B and A is refused when both A lines together exceed the stock', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
    profile,
  }) => {
    needsStock(profile, { stockIsTakenAt: 'payment' });
    const account = await newAccount({ balance: 100_000 });
    const chair = await newProduct({ price: 10_000, stock: 5 });
    const lamp = await newProduct({ price: 5_000, stock: 5 });
    const slow = await placeOrder(
      account,
      { product: chair, quantity: 2 },
      { product: lamp },
      { product: chair, quantity: 2 },
    );
    const quick = await placeOrder(account, { product: chair, quantity: 2 });
    expect(await payOrder(quick)).toBePaid(quick);

    // The stock still covers each line, but not both.
    expect(await payOrder(slow)).toBeRefusedFor('stock', [
      { required: 4, available: 3 },
      { required: 2, available: 1 },
    ]);
    const state = await shopDatabase.stateOf([account], [chair, lamp]);
    expect(state).toMatchObject({ balances: [80_000], stock: [3, 5], orders: ['pending', 'paid'] });
  });

  test(
    'payment refused for stock does not name a product in stock',
    { tag: '@contract', annotation: promise('refusal-names-true-cause') },
    async ({ newAccount, newProduct, placeOrder, payOrder, profile }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const account = await newAccount({ balance: 100_000 });
      const plenty = await newProduct({ price: 1_000, stock: 10 });
      const scarce = await newProduct({ price: 1_000, stock: 2 });
      const slow = await placeOrder(account, { product: plenty, quantity: 3 }, { product: scarce, quantity: 2 });
      const quick = await placeOrder(account, { product: scarce });
      expect(await payOrder(quick)).toBePaid(quick);

      const refused = await payOrder(slow);
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });
      // One product's name may contain the other's.
      const messageWithoutScarce = (refused.refusal?.message ?? '').replaceAll(scarce.name, '');
      expect(messageWithoutScarce, `the refusal of ${scarce.name}`).not.toContain(plenty.name);
    },
  );
});
