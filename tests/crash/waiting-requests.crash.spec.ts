import type { PaymentAnswer } from '../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../helpers/api/answers/exchange.ts';
import { expect, test } from '../../fixtures/crash/crash-test.ts';
import { needsCancellation } from '../../fixtures/needs/needs.ts';
import { needsKeys } from '../../fixtures/needs/needs-keys.ts';
import { promise } from '../../fixtures/promises/promise.ts';
import { paymentBy } from '../../fixtures/api/requests.ts';

/** Refused where the interrupted one has been made in spite of all, and for nothing else: the tables tell which. */
const expectMadeUnlessBefore = (settled: Exchange<PaymentAnswer>): void => {
  if (settled.outcome === 'refused') expect(settled).toBeRefusedFor('order-state');
};

test.describe('requests that a crash of the API interrupts', { annotation: promise('crash-leaves-no-half') }, () => {
  test(
    'payments that wait for the balance when the API is killed are made exactly once by their retries',
    { tag: ['@idempotency', '@balance', '@stock'] },
    async ({ newOrders, payOrder, shopDatabase, newKey, crashes }) => {
      const { account, product, orders } = await newOrders(4, { balance: 100_000, price: 10_000, stock: 10 });
      const payments = orders.map((order) => ({ order, key: newKey() }));

      await crashes.whileWaiting({
        row: { balanceOf: account },
        requests: payments.map(
          ({ order, key }) =>
            (api) =>
              api.pay(order.orderId, paymentBy(account, key)),
        ),
      });
      for (const { order, key } of payments) {
        const paid = await crashes.settled(() => payOrder(order, key));
        expect(paid).toBePaid(order);
        expect(await payOrder(order, key)).toReplay(paid);
      }
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [60_000], payments: Array<number>(4).fill(10_000), stock: [6] });
    },
  );

  for (const place of ['product', 'order'] as const) {
    test(
      `payment that waits for its ${place} when the API is killed can be made under another key, and is made once`,
      { tag: ['@idempotency', '@balance', '@stock'] },
      async ({ newOrder, shopDatabase, newKey, crashes }) => {
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, stock: 5 });
        const interrupted = paymentBy(account, newKey());

        await crashes.whileWaiting({
          row: place === 'product' ? { product } : { order },
          requests: [(api) => api.pay(order.orderId, interrupted)],
        });
        const key = newKey();
        const settled = await crashes.settled((api) => api.pay(order.orderId, paymentBy(account, key)));
        expectMadeUnlessBefore(settled);
        const state = await shopDatabase.stateOf([account], [product]);
        expect(state).toMatchObject({ balances: [30_000], orders: ['paid'], payments: [20_000], stock: [4] });
      },
    );
  }

  test(
    'order and top-up that wait when the API is killed are done exactly once by their retries',
    { tag: ['@idempotency', '@orders', '@balance'] },
    async ({ newRequest, shopDatabase, newKey, profile, holdsAtOnce, crashes }) => {
      needsKeys(profile, 'createOrder', 'chargeBalance');
      holdsAtOnce({ accounts: 2 });
      const [toOrder, toTopUp] = [await newRequest('createOrder'), await newRequest('chargeBalance')];
      const [orderKey, topUpKey] = [newKey(), newKey()];

      await crashes.whileWaiting(
        { row: toOrder.neededRow, requests: [(api) => toOrder.send(orderKey, api)] },
        { row: toTopUp.neededRow, requests: [(api) => toTopUp.send(topUpKey, api)] },
      );
      toOrder.expectSuccess(await crashes.settled((api) => toOrder.send(orderKey, api)));
      toTopUp.expectSuccess(await crashes.settled((api) => toTopUp.send(topUpKey, api)));
      for (const { account, after } of [toOrder, toTopUp]) {
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      }
    },
  );

  test(
    'cancellation that waits for its order when the API is killed is done exactly once by its retry',
    { tag: '@orders' },
    async ({ newOrder, shopDatabase, profile, crashes }) => {
      needsCancellation(profile);
      const { account, order } = await newOrder({ balance: 30_000, price: 10_000 });

      await crashes.whileWaiting({
        row: { order },
        requests: [(api) => api.cancelOrder(order.orderId, account)],
      });
      // It has no key: where it was done in spite of all, it is refused, and the tables tell.
      await crashes.settled((api) => api.cancelOrder(order.orderId, account));
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000], orders: ['cancelled'] });
    },
  );
});
