import { needsCancellation, needsRefusedSecondCancellation, needsStock } from '../../../fixtures/needs/needs.ts';
import { oneByOne } from '../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import type { Product } from '../../../helpers/database/rows/own-rows.ts';

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

const lockedRows = [
  ['product', '@stock', 'concurrent-sales-all-counted'],
  ['balance', '@balance', 'concurrent-payments-all-debited'],
] as const;

test.describe('mixed operations race', { tag: '@stock' }, () => {
  for (const [place, before, after] of [
    ['lowest', 0, 4],
    ['highest', 4, 0],
  ] as const) {
    test(
      `4 concurrent 2-line payments for the last 2 pieces of the product with the ${place} id: exactly 2 paid`,
      { annotation: promise('stock-never-oversold') },
      async ({
        holdsAtOnce,
        newAccount,
        newProduct,
        placeOrder,
        payOrderUntilSettled,
        shopDatabase,
        profile,
        burst,
      }) => {
        holdsAtOnce({ accounts: 4, products: 5 });
        needsStock(profile, { stockIsTakenAt: 'payment' });
        const others: Product[] = [];
        const seedOthers = async (count: number): Promise<void> => {
          for (let nth = 0; nth < count; nth += 1) others.push(await newProduct({ price: 10_000, stock: 10 }));
        };
        // Servers that lock products in the order of their ids lock the scarce one first, or last.
        await seedOthers(before);
        const scarce = await newProduct({ price: 10_000, stock: 2 });
        await seedOthers(after);
        const placed = await oneByOne(others, async (product) => {
          const buyer = await newAccount({ balance: 50_000 });
          return { buyer, order: await placeOrder(buyer, { product }, { product: scarce }) };
        });

        const answers = await burst(
          { accounts: placed.map(({ buyer }) => buyer), products: [scarce, ...others], gate: { product: scarce } },
          placed.map(
            ({ order }) =>
              () =>
                payOrderUntilSettled(order),
          ),
        );
        expect(answers).toHaveOutcomes({ ok: 2, stock: 2 });
        const { stock } = await shopDatabase.stateOf([], [scarce, ...others]);
        expect(stock.toSorted((one, other) => one - other)).toEqual([0, 9, 9, 10, 10]);
      },
    );
  }

  for (const [row, tag, tried] of lockedRows) {
    test(
      `5 payments and 5 new orders while the ${row} is locked succeed, money and stock exact`,
      { tag, annotation: promise(tried) },
      async ({ newOrders, payOrderUntilSettled, shopApi, shopDatabase, newKey, burst }) => {
        const { account, product, orders } = await newOrders(5, { balance: 500_000, price: 10_000 });
        const gate = { product: { product }, balance: { balanceOf: account } }[row];

        const answers = await burst<unknown>({ accounts: [account], products: [product], gate, latecomers: 5 }, [
          ...orders.map((order) => () => payOrderUntilSettled(order)),
          ...orders.map(() => {
            const request = orderOf(account, product, { idempotencyKey: newKey() });
            const send = () => shopApi.createOrder(request);
            return () => untilSettled(send);
          }),
        ]);
        expect(answers).toHaveOutcomes({ ok: 10 });
        const { balances, stock } = await shopDatabase.stateOf([account], [product]);
        expect({ balances, stock }).toEqual({
          balances: [450_000],
          stock: [expectedStock(100, { paid: 5, pending: 5 })],
        });
      },
    );
  }

  for (const [row, tag, tried] of lockedRows) {
    test(
      `cancellation and 4 payments while the ${row} is locked succeed, money and stock exact`,
      { tag, annotation: promise(tried) },
      async ({ newBuyer, placeOrder, payOrderUntilSettled, shopApi, shopDatabase, profile, burst }) => {
        needsCancellation(profile);
        const { account, product } = await newBuyer({ balance: 500_000, price: 10_000 });
        const gate = { product: { product }, balance: { balanceOf: account } }[row];
        const dropped = await placeOrder(account, { product, quantity: 3 });
        const orders = await oneByOne([1, 2, 3, 4], () => placeOrder(account, { product }));
        const cancel = () => shopApi.cancelOrder(dropped.orderId, account);

        const answers = await burst<unknown>({ accounts: [account], products: [product], gate, latecomers: 1 }, [
          ...orders.map((order) => () => payOrderUntilSettled(order)),
          () => untilSettled(cancel),
        ]);
        expect(answers).toHaveOutcomes({ ok: 5 });
        expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [460_000], stock: [96] });
      },
    );
  }

  test(
    '5 concurrent cancellations of one order: exactly 1 succeeds and returns the stock',
    { tag: '@orders', annotation: promise('order-ends-once') },
    async ({ newOrder, shopApi, shopDatabase, profile, burst }) => {
      needsCancellation(profile);
      needsRefusedSecondCancellation(profile);
      const { account, product, order } = await newOrder({ price: 20_000, stock: 10, quantity: 3 });
      const cancel = () => shopApi.cancelOrder(order.orderId, account);

      const answers = await burst(
        { accounts: [account], products: [product], gate: { order } },
        Array.from({ length: 5 }, () => () => untilSettled(cancel)),
      );
      expect(answers).toHaveOutcomes({ ok: 1, 'order-state': 4 });
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: ['cancelled'] });
    },
  );
});
