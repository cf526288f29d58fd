import { concurrently } from '../../../../fixtures/races/concurrently.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';

test.describe('concurrent duplicates', { tag: '@idempotency' }, () => {
  for (const duplicates of [2, 20, 60]) {
    test(
      `${duplicates} concurrent duplicates of a payment are charged once`,
      { annotation: promise('concurrent-duplicates-charge-once') },
      async ({ newOrder, payOrder, shopDatabase, newKey }) => {
        const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
        const key = newKey();

        const burst = await concurrently(duplicates, () => payOrder(order, key));
        expect(burst).toBeOnePayment(order);
        const replay = await payOrder(order, key);
        for (const answer of burst.filter(({ outcome }) => outcome === 'ok')) expect(replay).toReplay(answer);
        const state = await shopDatabase.stateOf([account], [product]);
        expect(state).toEqual({ balances: [90_000], stock: [99], orders: ['paid'], payments: [10_000] });
      },
    );
  }

  test(
    '30 concurrent duplicates of a payment over separate connections are charged once',
    { annotation: promise('concurrent-duplicates-charge-once') },
    async ({ newOrder, shopApiOverNewConnections, shopDatabase, newKey }) => {
      const { account, order } = await newOrder({ balance: 100_000, price: 30_000 });
      const payment = paymentBy(account, newKey());

      const burst = await concurrently(30, () => shopApiOverNewConnections.pay(order.orderId, payment));
      expect(burst).toBeOnePayment(order);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [70_000], payments: [30_000] });
    },
  );

  test(
    '20 concurrent payments of an order under 20 keys: exactly 1 succeeds',
    { tag: ['@balance', '@contract'], annotation: promise('one-charge-per-order') },
    async ({ newOrder, payOrderUntilSettled, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 300_000, price: 10_000 });
      const keys = Array.from({ length: 20 }, newKey);

      const answers = await Promise.all(keys.map((key) => payOrderUntilSettled(order, key)));
      const paid = answers.filter(({ outcome }) => outcome === 'ok');
      expect(answers).toHaveOutcomes({ ok: 1, 'order-state': 19 });
      for (const answer of paid) expect(answer).toBePaid(order);
      for (const loser of answers.filter((answer) => !paid.includes(answer))) {
        expect(loser).toBeRefusedFor('order-state');
      }
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [290_000],
        stock: [99],
        orders: ['paid'],
        payments: [10_000],
      });
    },
  );

  test(
    '20 concurrent duplicates of a payment above the balance are refused and move nothing',
    { annotation: promise('balance-never-overspent') },
    async ({ newOrder, payOrderUntilSettled, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 9_999, price: 10_000 });
      const key = newKey();
      const stock = (await shopDatabase.stateOf([account], [product])).stock;

      const burst = await concurrently(20, () => payOrderUntilSettled(order, key));
      for (const answer of burst) expect(answer).toBeRefusedFor('balance', { required: 10_000, available: 9_999 });
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [9_999], stock, orders: ['pending'], payments: [] });
    },
  );

  test(
    '15 concurrent payments of 15 orders of one account are all debited',
    { tag: ['@balance', '@contract'], annotation: promise('concurrent-payments-all-debited') },
    async ({ newOrders, payOrderUntilSettled, shopDatabase }) => {
      const { account, product, orders } = await newOrders(15, { balance: 1_000_000, price: 10_000 });

      const answers = await Promise.all(
        orders.map(async (order) => {
          const key = `parallel-${order.orderId}`;
          return { order, answer: await payOrderUntilSettled(order, key) };
        }),
      );
      for (const { order, answer } of answers) expect(answer).toBePaid(order);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [850_000], stock: [85] });
    },
  );
});
