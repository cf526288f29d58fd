import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { paymentAmounts } from '../../../helpers/seeding/budget.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('order then pay', { tag: ['@smoke', '@orders'] }, () => {
  for (const price of paymentAmounts) {
    test(
      `order of ${price} won is paid in full`,
      { annotation: promise('payment-charges-order-total') },
      async ({ account, newProduct, payOrder, shopApi, shopDatabase, newKey }) => {
        const product = await newProduct({ price, stock: 10 });
        const [balance = NaN] = (await shopDatabase.stateOf([account])).balances;

        const ordered = await shopApi.createOrder(orderOf(account, product, { idempotencyKey: newKey() }));
        expect(ordered).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });

        const order = requireAnswer(ordered);
        const paid = await payOrder(order, newKey(), { amount: price });
        expect(paid).toBePaid(order, { remainingBalance: balance - price });
        const state = await shopDatabase.stateOf([account], [product]);
        expect(state).toEqual({ balances: [balance - price], stock: [9], orders: ['paid'], payments: [price] });
      },
    );
  }

  test(
    'order of 2 products is paid with the sum of its lines',
    { tag: ['@balance', '@contract'], annotation: promise('payment-charges-order-total') },
    async ({ newAccount, newProduct, placeOrder, payOrder, shopDatabase }) => {
      const account = await newAccount({ balance: 200_000 });
      const chair = await newProduct({ price: 30_000, stock: 5 });
      const lamp = await newProduct({ price: 12_345, stock: 5 });

      const order = await placeOrder(account, { product: lamp, quantity: 3 }, { product: chair, quantity: 2 });
      expect(order.totalAmount).toBe(97_035);

      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 102_965 });
      const state = await shopDatabase.stateOf([account], [chair, lamp]);
      expect(state).toEqual({ balances: [102_965], stock: [3, 2], orders: ['paid'], payments: [97_035] });
    },
  );

  test(
    'order with 2 lines of one product is made and paid with their quantities added up',
    { annotation: promise('every-line-counts') },
    async ({ newBuyer, payOrder, shopApi, shopDatabase, newKey }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 5 });
      const lines = [1, 2].map((quantity) => ({ ...product, quantity }));

      const ordered = await shopApi.createOrder(orderOfLines(account, lines, { idempotencyKey: newKey() }));
      expect(ordered).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 3 }] });
      const order = requireAnswer(ordered);
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 70_000 });
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [2] });
    },
  );

  test(
    'GET order and GET balance after a payment show the order paid and the balance debited',
    { tag: ['@balance', '@contract'], annotation: promise('reads-show-writes') },
    async ({ newBuyer, placeOrder, payOrder, shopApi, pollBalance }) => {
      const { account, product } = await newBuyer({ balance: 60_000, price: 20_000, stock: 4 });
      const order = await placeOrder(account, { product, quantity: 2 });
      const lines = [{ ...product, quantity: 2 }];
      const pending = await shopApi.getOrder(order.orderId, account);
      expect(pending).toBeOrdered({ userId: account.userId, lines });
      expect((await pollBalance(account, 60_000)).balance).toBe(60_000);

      expect(await payOrder(order)).toBePaid(order);
      const paid = await shopApi.getOrder(order.orderId, account);
      expect(paid).toBeOrdered({ userId: account.userId, status: 'paid', lines });
      expect(await pollBalance(account, 20_000)).toEqual({ userId: account.userId, balance: 20_000 });
    },
  );

  test(
    'GET product shows the stock left by its orders, before and after their payment',
    { tag: ['@stock', '@contract'], annotation: promise('reads-show-writes') },
    async ({ newOrder, payOrder, pollProduct }) => {
      const { product, order } = await newOrder({ price: 20_000, stock: 4, quantity: 2 });
      const { productId, name } = product;
      const left = expectedStock(4, { pending: 2 });
      expect((await pollProduct(product, left)).stock).toBe(left);

      expect(await payOrder(order)).toBePaid(order);
      const shown = await pollProduct(product, 2);
      expect({ name, ...shown }).toEqual({ productId, name, price: 20_000, stock: 2 });
    },
  );

  test(
    'GET order after a price change shows the lines at their order-time prices',
    { tag: ['@balance', '@contract'], annotation: promise('order-keeps-its-price') },
    async ({ newAccount, newProduct, placeOrder, shopApi, shopDatabase }) => {
      const account = await newAccount({ balance: 200_000 });
      const chair = await newProduct({ price: 30_000, stock: 5 });
      const lamp = await newProduct({ price: 12_345, stock: 5 });
      const order = await placeOrder(account, { product: lamp, quantity: 3 }, { product: chair, quantity: 2 });
      const ordered = {
        userId: account.userId,
        lines: [
          { ...chair, quantity: 2 },
          { ...lamp, quantity: 3 },
        ],
      };
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered(ordered);

      await test.step('the chair now costs 45,000 won', () => shopDatabase.setPrice(chair, 45_000));

      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered(ordered);
    },
  );

  for (const [change, price] of [
    ['dearer', 45_000],
    ['cheaper', 4_000],
  ] as const) {
    test(
      `payment after the product became ${change} charges the order-time price`,
      { tag: '@balance', annotation: promise('order-keeps-its-price') },
      async ({ newOrder, payOrder, shopDatabase }) => {
        const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000, quantity: 2 });

        await test.step(`the product now costs ${price} won`, () => shopDatabase.setPrice(product, price));

        expect(await payOrder(order)).toBePaid(order, { remainingBalance: 80_000 });
        expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [80_000] });
        const { products } = await shopDatabase.ledger([], [product]);
        expect(products, 'the product after the payment').toMatchObject([{ price }]);
      },
    );
  }

  test(
    'order of 12,666,666,669 won (beyond 32-bit integers and floats) is charged to the exact won',
    { tag: '@balance', annotation: promise('payment-charges-order-total') },
    async ({ newBuyer, placeOrder, payOrder, shopDatabase }) => {
      const { account, product } = await newBuyer({ balance: 9_000_000_000_003, price: 4_222_222_223, stock: 10 });
      const order = await placeOrder(account, { product, quantity: 3 });
      expect(order.totalAmount, 'total that the order answers').toBe(12_666_666_669);

      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 8_987_333_333_334 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [8_987_333_333_334] });
    },
  );

  test(
    '2 orders of one user are paid independently of each other',
    { annotation: promise('payment-charges-order-total') },
    async ({ newBuyer, placeOrder, payOrder, shopDatabase }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
      const first = await placeOrder(account, { product, quantity: 1 });
      const second = await placeOrder(account, { product, quantity: 2 });

      expect(await payOrder(second)).toBePaid(second, { remainingBalance: 80_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending', 'paid'], payments: [20_000] });
      expect(await payOrder(first)).toBePaid(first, { remainingBalance: 70_000 });
      const { payments, ...state } = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [70_000], stock: [7], orders: ['paid', 'paid'] });
      // Payments without an id of their own are listed in the order of their orders.
      expect(payments.toSorted((one, other) => one - other)).toEqual([10_000, 20_000]);
    },
  );

  test(
    'order of an account shared by many tests is paid and GET balance shows the debit',
    { annotation: promise('payment-charges-order-total') },
    async ({ account, product, placeOrder, payOrder, pollBalance }) => {
      const remainingBalance = account.balance - product.price;
      const order = await placeOrder(account, { product });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance });
      expect((await pollBalance(account, remainingBalance)).balance).toBe(remainingBalance);
    },
  );
});
