import { expect, test } from '../../fixtures/crash/crash-test.ts';
import { promise } from '../../fixtures/promises/promise.ts';
import { paymentBy } from '../../fixtures/api/requests.ts';

test(
  'payments that are answered or wait when the database is killed are made once, and the API recovers by itself',
  { tag: ['@contract', '@idempotency', '@balance', '@stock'], annotation: promise('database-restart-survived') },
  async ({ newOrders, payOrder, shopDatabase, newKey, holdsAtOnce, crashes }) => {
    holdsAtOnce({ accounts: 2, products: 2 });
    const wanted = { balance: 50_000, price: 10_000, stock: 10 };
    const [first, second] = [await newOrders(3, wanted), await newOrders(3, wanted)];
    const waiting = second.orders.map((order) => ({ order, key: newKey() }));

    const answered = await crashes.ofDatabase(
      {
        requests: first.orders.map((order) => ({ order, key: newKey() })),
        send: ({ order, key }, api) => api.pay(order.orderId, paymentBy(first.account, key)),
      },
      {
        row: { balanceOf: second.account },
        requests: waiting.map(
          ({ order, key }) =>
            (api) =>
              api.pay(order.orderId, paymentBy(second.account, key)),
        ),
      },
    );
    expect(answered.map(({ answer }) => answer)).toHaveOutcomes({ ok: 3 });
    const paid = { balances: [20_000], orders: ['paid', 'paid', 'paid'], stock: [7] };
    expect(await shopDatabase.stateOf([first.account], [first.product])).toMatchObject(paid);

    for (const { order, key } of waiting) {
      const settled = await crashes.settledOnceReconnected((api) =>
        api.pay(order.orderId, paymentBy(second.account, key)),
      );
      expect(settled).toBePaid(order);
    }
    for (const { order, key, answer } of answered) expect(await payOrder(order, key)).toReplay(answer);
    expect(await shopDatabase.stateOf([second.account], [second.product])).toMatchObject(paid);
  },
);
