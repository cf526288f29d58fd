import { concurrently } from '../../../fixtures/races/concurrently.ts';
import { needsCancellation, needsFinalPayments, needsStock } from '../../../fixtures/needs/needs.ts';
import { oneByOne } from '../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('overselling race', { tag: '@stock' }, () => {
  for (const pieces of [1, 4]) {
    test(
      `10 concurrent buyers with stock for ${pieces}: exactly ${pieces} served`,
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
        holdsAtOnce({ accounts: 10 });
        needsStock(profile, { stockIsTakenAt: 'payment' });
        const product = await newProduct({ price: 10_000, stock: pieces });
        const buyers = await concurrently(10, () => newAccount({ balance: 15_000 }));
        const orders = await oneByOne(buyers, (buyer) => placeOrder(buyer, { product }));

        const answers = await burst(
          { accounts: buyers, products: [product], gate: { product } },
          orders.map((order) => () => payOrderUntilSettled(order)),
        );
        const refused = answers.filter(({ outcome }) => outcome !== 'ok');
        expect(answers).toHaveOutcomes({ ok: pieces, stock: 10 - pieces });
        // Other buyers change the available stock meanwhile, so that number is not compared.
        for (const refusal of refused) expect(refusal).toBeRefusedFor('stock', { required: 1 });
        const { stock, balances } = await shopDatabase.stateOf(buyers, [product]);
        expect({ stock, debitedBuyers: balances.filter((balance) => balance === 5_000).length }).toEqual({
          stock: [0],
          debitedBuyers: pieces,
        });
      },
    );
  }

  test(
    '10 concurrent payments of one user for one product are all paid and take their full stock',
    { annotation: promise('concurrent-sales-all-counted') },
    async ({ newOrders, payOrderUntilSettled, shopDatabase, burst }) => {
      const { account, product, orders } = await newOrders(10, { balance: 500_000, price: 10_000, quantity: 2 });

      const answers = await burst(
        { accounts: [account], products: [product], gate: { product } },
        orders.map((order) => () => payOrderUntilSettled(order)),
      );
      expect(answers).toHaveOutcomes({ ok: 10 });
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [300_000], stock: [80] });
    },
  );

  test(
    'concurrent payment and cancellation while the order is locked: exactly one succeeds',
    { tag: ['@orders', '@balance'], annotation: promise('order-ends-once') },
    async ({ newOrder, payOrderUntilSettled, shopApi, newKey, profile, burst }) => {
      needsCancellation(profile);
      needsFinalPayments(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const { userId } = account;
      const { orderId } = order;
      const key = newKey();
      const cancel = () => shopApi.cancelOrder(orderId, { userId });

      const answers = await burst<unknown>({ accounts: [account], products: [product], gate: { order } }, [
        () => payOrderUntilSettled(order, key),
        () => untilSettled(cancel),
      ]);
      expect(answers).toHaveOutcomes({ ok: 1, 'order-state': 1 });
      for (const loser of answers.filter(({ outcome }) => outcome === 'refused')) {
        expect(loser).toBeRefusedFor('order-state');
      }
    },
  );
});
