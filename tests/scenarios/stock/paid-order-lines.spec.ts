import { needsKeys, needsStock } from '../../../fixtures/needs.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';
import type { Product } from '../../../helpers/database/shop-database.ts';

const test = base.extend<{ twentyFiveLines: () => Promise<(Product & { quantity: number })[]> }>({
  twentyFiveLines: async ({ holdsAtOnce, newProduct }, use) => {
    holdsAtOnce({ products: 25 });
    await use(async () => {
      const lines = [];
      for (let nth = 1; nth <= 25; nth += 1) {
        lines.push({ ...(await newProduct({ price: nth * 1_000, stock: 3 })), quantity: 1 });
      }
      return lines;
    });
  },
});

test.describe('paid lines', { tag: '@stock' }, () => {
  test('an order of twenty-five products takes all of them', async ({
    twentyFiveLines,
    newAccount,
    placeOrder,
    payOrder,
    shopDatabase,
  }) => {
    const account = await newAccount({ balance: 1_000_000 });
    const products = await twentyFiveLines();
    const order = await placeOrder(account, ...products.map((product) => ({ product })));
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 675_000 });
    expect((await shopDatabase.stateOf([], products)).stock).toEqual(products.map(() => 2));
  });

  test(
    'an order of twenty-five products is answered and replayed with all of them',
    { tag: '@idempotency' },
    async ({ twentyFiveLines, newAccount, shopApi, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const { userId } = await newAccount({ balance: 1_000_000 });
      const lines = await twentyFiveLines();
      const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
      const request = { userId, items, idempotencyKey: catalogue.idempotencyKey() };
      const ordered = await shopApi.createOrder(request);
      expect(ordered).toBeOrdered({ userId, lines });
      expect(await shopApi.createOrder(request)).toReplay(ordered);
    },
  );

  test(
    'an order of twenty-five products is shown with all of them',
    { tag: '@contract' },
    async ({ twentyFiveLines, newAccount, shopApi }) => {
      const account = await newAccount({ balance: 1_000_000 });
      const { userId } = account;
      const lines = await twentyFiveLines();
      const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
      const { orderId } = contentOf(await shopApi.createOrder({ userId, items }));
      expect(await shopApi.getOrder(orderId, account)).toBeOrdered({ userId, lines });
    },
  );

  test('lines of one product are held against its stock as their sum when they are paid, too', async ({
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

    // Either line alone could still be delivered.
    expect(await payOrder(slow)).toBeRefusedFor('stock', { available: 3 });
    expect(await shopDatabase.stateOf([account], [chair, lamp])).toMatchObject({
      balances: [80_000],
      stock: [3, 5],
      orders: ['pending', 'paid'],
    });
  });

  test(
    'a payment refused for stock does not name a product that is there',
    { tag: '@contract' },
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
      // A name may be part of the other one.
      const said = (refused.refusal?.message ?? '').replaceAll(scarce.name, '');
      expect(said, `the refusal of ${scarce.name}`).not.toContain(plenty.name);
    },
  );
});
