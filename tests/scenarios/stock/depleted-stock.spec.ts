import { concurrently } from '../../../fixtures/races/concurrently.ts';
import { needsStock } from '../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals } from '../../../fixtures/needs/needs-keys.ts';
import { oneByOne } from '../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';

test.describe('depleted stock', { tag: '@stock' }, () => {
  test(
    'order beyond the stock is refused as out of stock and creates nothing',
    { tag: ['@smoke', '@contract'], annotation: promise('no-sale-beyond-stock') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 1_000_000, price: 10_000, stock: 1 });
      const refused = await shopApi.createOrder(orderOf(account, product, { quantity: 2 }));
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [1_000_000], stock: [1], orders: [], payments: [] });
    },
  );

  test(
    'order after the last piece was sold is refused as out of stock',
    { annotation: promise('no-sale-beyond-stock') },
    async ({ newOrder, payOrder, shopApi, shopDatabase, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product, order } = await newOrder({ price: 10_000, stock: 1 });
      expect(await payOrder(order)).toBePaid(order);
      expect(await shopApi.createOrder(orderOf(account, product))).toBeRefusedFor('stock', {
        required: 1,
        available: 0,
      });
      expect(await shopDatabase.stateOf([], [product])).toMatchObject({ stock: [0] });
    },
  );

  test(
    'order of the whole stock is paid and leaves a stock of 0',
    { tag: '@balance', annotation: promise('no-sale-beyond-stock') },
    async ({ newOrder, payOrder, shopDatabase }) => {
      const { product, order } = await newOrder({ price: 10_000, stock: 7, quantity: 7 });
      expect(await payOrder(order)).toBePaid(order);
      expect(await shopDatabase.stateOf([], [product])).toMatchObject({ stock: [0] });
    },
  );

  test(
    'payment after another order took the stock is refused as out of stock and moves nothing',
    { tag: '@balance', annotation: promise('no-sale-beyond-stock') },
    async ({ newBuyer, placeOrder, payOrder, shopDatabase, profile }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 3 });
      const slow = await placeOrder(account, { product, quantity: 2 });
      const quick = await placeOrder(account, { product, quantity: 2 });
      expect(await payOrder(quick)).toBePaid(quick);

      expect(await payOrder(slow)).toBeRefusedFor('stock', { required: 2, available: 1 });
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [80_000], stock: [1], orders: ['pending', 'paid'], payments: [20_000] });
    },
  );

  test(
    'payment refused for stock succeeds with the same key after a restock and replays',
    { tag: ['@balance', '@idempotency'], annotation: promise('refused-key-stays-usable') },
    async ({ newBuyer, placeOrder, payOrder, restock, shopDatabase, newKey, profile }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      needsForgottenRefusals(profile);
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 1 });
      const slow = await placeOrder(account, { product });
      const quick = await placeOrder(account, { product });
      expect(await payOrder(quick)).toBePaid(quick);
      const key = newKey();
      expect(await payOrder(slow, key)).toBeRefusedFor('stock', { required: 1, available: 0 });

      await restock(product, 5);
      const paid = await payOrder(slow, key);
      expect(paid).toBePaid(slow, { remainingBalance: 80_000 });
      expect(await payOrder(slow, key)).toReplay(paid);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [4] });
    },
  );

  test(
    '5 orders in sequence of the last 3 pieces: exactly 3 paid',
    { annotation: promise('no-sale-beyond-stock') },
    async ({ newBuyer, placeOrder, payOrder, shopApi, shopDatabase, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 3 });
      for (const left of [2, 1, 0]) {
        const order = await placeOrder(account, { product });
        expect(await payOrder(order)).toBePaid(order);
        expect(await shopDatabase.stateOf([], [product])).toMatchObject({ stock: [left] });
      }
      for (const nth of ['fourth', 'fifth']) {
        const refused = await test.step(`${nth} order`, () => shopApi.createOrder(orderOf(account, product)));

        expect(refused).toBeRefusedFor('stock', { required: 1, available: 0 });
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [70_000] });
    },
  );

  test(
    '15 concurrent buyers with stock for 6: exactly 6 served',
    { annotation: promise('stock-never-oversold') },
    async ({ holdsAtOnce, newAccount, newProduct, placeOrder, payOrderUntilSettled, shopDatabase, profile }) => {
      holdsAtOnce({ accounts: 15 });
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const product = await newProduct({ price: 10_000, stock: 6 * 2 });
      const buyers = await concurrently(15, () => newAccount({ balance: 50_000 }));
      const orders = await oneByOne(buyers, (buyer) => placeOrder(buyer, { product, quantity: 2 }));

      const answers = await Promise.all(orders.map((order) => payOrderUntilSettled(order)));
      const refused = answers.filter(({ outcome }) => outcome !== 'ok');
      expect(answers).toHaveOutcomes({ ok: 6, stock: 9 });
      // Other buyers change the available stock meanwhile, so that number is not compared.
      for (const refusal of refused) expect(refusal).toBeRefusedFor('stock', { required: 2 });
      const { stock, balances } = await shopDatabase.stateOf(buyers, [product]);
      expect(stock).toEqual([0]);
      expect(balances.filter((balance) => balance === 50_000)).toHaveLength(9);
    },
  );

  test(
    'payment short of stock for its second line is refused and takes no stock for the first',
    { annotation: promise('refusal-moves-nothing') },
    async ({ newAccount, newProduct, placeOrder, payOrder, shopDatabase, profile }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const account = await newAccount({ balance: 500_000 });
      const plenty = await newProduct({ price: 10_000, stock: 10 });
      const scarce = await newProduct({ price: 10_000, stock: 1 });
      const order = await placeOrder(account, { product: plenty, quantity: 3 }, { product: scarce });
      const quick = await placeOrder(account, { product: scarce });
      expect(await payOrder(quick)).toBePaid(quick);

      expect(await payOrder(order)).toBeRefusedFor('stock', { required: 1, available: 0 });
      const state = await shopDatabase.stateOf([account], [plenty, scarce]);
      expect(state).toMatchObject({ balances: [490_000], stock: [10, 0], payments: [10_000] });
    },
  );

  test(
    'order short of stock for its second line is refused and creates nothing',
    { annotation: promise('refusal-moves-nothing') },
    async ({ newAccount, newProduct, shopApi, shopDatabase, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const account = await newAccount({ balance: 500_000 });
      const plenty = await newProduct({ price: 10_000, stock: 10 });
      const scarce = await newProduct({ price: 10_000, stock: 1 });
      const lines = [
        { ...plenty, quantity: 3 },
        { ...scarce, quantity: 2 },
      ];
      const refused = await shopApi.createOrder(orderOfLines(account, lines));
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });
      expect(await shopDatabase.stateOf([account], [plenty, scarce])).toMatchObject({ stock: [10, 1], orders: [] });
    },
  );

  test(
    'order with 2 lines of one product is refused when their sum exceeds the stock',
    { annotation: promise('no-sale-beyond-stock') },
    async ({ newAccount, newProduct, shopApi, profile }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const account = await newAccount({ balance: 500_000 });
      const line = { ...(await newProduct({ price: 10_000, stock: 5 })), quantity: 3 };
      const refused = await shopApi.createOrder(orderOfLines(account, [line, line]));
      // Of both lines together, or of the second one beside the first.
      expect(refused).toBeRefusedFor('stock', [
        { required: 6, available: 5 },
        { required: 3, available: 2 },
      ]);
    },
  );

  test(
    'payment refused for balance takes no stock',
    { annotation: promise('refusal-moves-nothing') },
    async ({ newOrder, payOrder, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 19_999, price: 10_000, quantity: 2, stock: 5 });
      expect(await payOrder(order)).toBeRefusedFor('balance');
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
        stock: [expectedStock(5, { pending: 2 })],
      });
    },
  );

  test(
    'payment short of both stock and balance is refused for one of the two and moves nothing',
    { annotation: promise('refusal-moves-nothing') },
    async ({ newAccount, newOrder, placeOrder, payOrder, shopDatabase, profile }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const poor = await newOrder({ balance: 5_000, price: 10_000, stock: 1 });
      const rich = await newAccount({ balance: 100_000 });
      const quick = await placeOrder(rich, { product: poor.product });
      expect(await payOrder(quick)).toBePaid(quick);

      expect(await payOrder(poor.order)).toBeRefusedFor(['stock', 'balance']);
      expect(await shopDatabase.stateOf([poor.account], [poor.product])).toMatchObject({
        balances: [5_000],
        stock: [0],
      });
    },
  );
});
