import { needsBalanceTakenAtPayment } from '../../../fixtures/needs/needs.ts';
import { oneByOne } from '../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { asTuple } from '../../../fixtures/test-data/as-tuple.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('balances at several instances', { tag: '@balance' }, () => {
  test(
    '8 concurrent payments sent to 2 instances from a balance that covers 3: exactly 3 paid',
    { annotation: promise('balance-never-overspent') },
    async ({ instance, newAccount, newProduct, placeOrder, shopDatabase, newKey, profile, burst }) => {
      needsBalanceTakenAtPayment(profile);
      const account = await newAccount({ balance: 35_000 });
      // Each instance sells a product of its own, so that their payments meet at the balance and nowhere before.
      const products = [await newProduct({ price: 10_000, stock: 10 }), await newProduct({ price: 10_000, stock: 10 })];
      const sold = Array.from({ length: 4 }, () => products).flat();
      const orders = await oneByOne(sold, (product) => placeOrder(account, { product }));
      const payments = orders.map((order) => ({ order, payment: paymentBy(order, newKey()) }));

      const answers = await burst(
        { accounts: [account], products, gate: { balanceOf: account } },
        payments.map(
          ({ order, payment }, nth) =>
            () =>
              untilSettled(() => instance(nth).pay(order.orderId, payment)),
        ),
      );
      expect(answers).toHaveOutcomes({ ok: 3, balance: 5 });
      const { balances, payments: paid } = await shopDatabase.stateOf([account]);
      expect({ balances, payments: paid.length }).toEqual({ balances: [5_000], payments: 3 });
    },
  );

  test(
    '4 payments concurrent with 4 top-ups of one user, sent to 2 instances, add up, with no lost update',
    { annotation: promise('concurrent-payments-all-debited', 'concurrent-top-ups-all-added') },
    async ({ instance, newOrders, shopDatabase, newKey, burst, profile }) => {
      needsBalanceTakenAtPayment(profile);
      const { account, orders } = await newOrders(4, { balance: 100_000, price: 10_000 });
      const { userId } = account;
      const payments = orders.map((order) => ({ order, payment: paymentBy(order, newKey()) }));
      const charges = Array.from({ length: 4 }, () => topUpOf(3_000, newKey()));

      const answers = await burst<unknown>({ gate: { balanceOf: account } }, [
        ...payments.map(
          ({ order, payment }, nth) =>
            () =>
              untilSettled(() => instance(nth).pay(order.orderId, payment)),
        ),
        ...charges.map((charge, nth) => () => untilSettled(() => instance(nth).chargeBalance(userId, charge))),
      ]);
      expect(answers).toHaveOutcomes({ ok: 8 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [72_000] });
    },
  );

  test(
    'balance spent through one instance is not spent again through another that debited it before',
    { annotation: promise('no-payment-beyond-balance') },
    async ({ instance, newOrders, payOrder, shopDatabase, newKey }) => {
      const { account, orders } = await newOrders(3, { balance: 25_000, price: 10_000 });
      const [first, second, third] = asTuple(orders, 3);
      const payAtOther = (order: typeof first) => instance(1).pay(order.orderId, paymentBy(order, newKey()));
      expect(await payAtOther(first)).toBePaid(first, { remainingBalance: 15_000 });
      expect(await payOrder(second)).toBePaid(second, { remainingBalance: 5_000 });

      expect(await payAtOther(third)).toBeRefusedFor('balance', { required: 10_000, available: 5_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [5_000] });
    },
  );
});
