import { needsStock } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';

test.describe('paid lines', { tag: '@stock' }, () => {
  test('an order of twenty-five products takes all of them', async ({
    holdsAtOnce,
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
  }) => {
    holdsAtOnce({ products: 25 });
    const account = await newAccount({ balance: 1_000_000 });
    const products = [];
    for (let nth = 1; nth <= 25; nth += 1) products.push(await newProduct({ price: nth * 1_000, stock: 3 }));
    const order = await placeOrder(account, ...products.map((product) => ({ product })));
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 675_000 });
    expect((await shopDatabase.stateOf([], products)).stock).toEqual(products.map(() => 2));
  });

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
