import { needsBalanceTakenAtPayment } from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

// Connection pools hold 10 (HikariCP) to 25: a target that leaks one with each lost client runs out of them.
const lostCount = 26;

test.describe(
  'connection leaks race',
  { tag: '@contract', annotation: promise('lost-connections-leave-api-usable') },
  () => {
    test(`payment succeeds after ${lostCount} clients disconnected during theirs`, async ({
      newOrders,
      payOrder,
      payOrderUntilSettled,
      cuttableShopApi: { api, cut },
      shopDatabase,
      newKey,
      profile,
      burst,
    }) => {
      needsKeys(profile, 'pay');
      needsBalanceTakenAtPayment(profile);
      const { account, orders } = await newOrders(lostCount + 1, { balance: 1_000_000, price: 10_000 });
      const payments = orders.map((order) => ({ order, key: newKey() }));
      const [next, ...lost] = payments;

      await burst(
        { gate: { balanceOf: account }, beforeOpening: cut },
        lost.map(
          ({ order, key }) =>
            () =>
              api.pay(order.orderId, paymentBy(account, key)),
        ),
      );
      for (const { order, key } of [next ?? []].flat()) expect(await payOrder(order, key)).toBePaid(order);
      // What became of the others is open: each is made or may be made, once. The first that is not says it all.
      for (const { order, key } of lost) expect(await payOrderUntilSettled(order, key)).toBePaid(order);
      const { balances } = await shopDatabase.stateOf([account]);
      expect(balances).toEqual([1_000_000 - payments.length * 10_000]);
    });
  },
);
