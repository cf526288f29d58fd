import { concurrently } from '../../../fixtures/races/concurrently.ts';
import { needsCancellation, needsFinalPayments, needsStock } from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { oneByOne } from '../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../fixtures/api/requests.ts';
import { asTuple } from '../../../fixtures/test-data/as-tuple.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';
import type { ShopApi } from '../../../helpers/api/shop-api.ts';
import type { Id } from '../../../helpers/profile/ids.ts';

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

/** Lets an instance keep what it shows of an order, if it shows orders. */
const lookAt = async (api: ShopApi, orderId: Id, account: { readonly userId: Id }): Promise<unknown> =>
  api.offers('getOrder') ? api.getOrder(orderId, account) : undefined;

test.describe('stock at several instances', { tag: '@stock' }, () => {
  test(
    '8 concurrent buyers at 2 instances with stock for 3: exactly 3 served',
    { annotation: promise('stock-never-oversold') },
    async ({ instance, holdsAtOnce, newAccount, newProduct, placeOrder, shopDatabase, newKey, profile, burst }) => {
      holdsAtOnce({ accounts: 8 });
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const product = await newProduct({ price: 10_000, stock: 3 });
      const buyers = await concurrently(8, () => newAccount({ balance: 15_000 }));
      const orders = await oneByOne(buyers, (buyer) => placeOrder(buyer, { product }));
      const payments = orders.map((order) => ({ order, payment: paymentBy(order, newKey()) }));

      const answers = await burst(
        { accounts: buyers, products: [product], gate: { product } },
        payments.map(
          ({ order, payment }, nth) =>
            () =>
              untilSettled(() => instance(nth).pay(order.orderId, payment)),
        ),
      );
      expect(answers).toHaveOutcomes({ ok: 3, stock: 5 });
      expect(await shopDatabase.stateOf([], [product])).toMatchObject({ stock: [0] });
    },
  );

  test(
    'last piece sold through one instance is not sold again through another that sold an earlier one',
    { annotation: promise('no-sale-beyond-stock') },
    async ({ instance, newOrders, payOrder, shopDatabase, newKey, profile }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const { product, orders } = await newOrders(3, { price: 10_000, stock: 2 });
      const [first, second, third] = asTuple(orders, 3);
      const payAtOther = (order: typeof first) => instance(1).pay(order.orderId, paymentBy(order, newKey()));
      expect(await payAtOther(first)).toBePaid(first);
      expect(await payOrder(second)).toBePaid(second);

      expect(await payAtOther(third)).toBeRefusedFor('stock', { required: 1, available: 0 });
      expect(await shopDatabase.stateOf([], [product])).toMatchObject({ stock: [0] });
    },
  );

  test(
    'order cancelled through one instance is not paid through another that showed it before',
    { tag: '@orders', annotation: promise('ended-order-stays-ended') },
    async ({ instance, newOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsCancellation(profile);
      const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
      const { orderId } = order;
      await lookAt(instance(1), orderId, account);
      const cancelled = await shopApi.cancelOrder(orderId, account);
      expect(cancelled.outcome, 'outcome of the cancellation').toBe('ok');

      expect(await instance(1).pay(orderId, paymentBy(order, newKey()))).toBeRefusedFor('order-state');
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000] });
    },
  );

  test(
    'order paid through one instance is not paid again under a new key through another that showed it before',
    { tag: ['@orders', '@idempotency'], annotation: promise('one-charge-per-order') },
    async ({ instance, newOrder, payOrder, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
      const { orderId } = order;
      await lookAt(instance(1), orderId, account);
      expect(await payOrder(order)).toBePaid(order);

      expect(await instance(1).pay(orderId, paymentBy(order, newKey()))).toBeRefusedFor('order-state');
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [40_000], payments: [10_000] });
    },
  );

  test(
    'payment and cancellation of an order sent at once to 2 instances: exactly one succeeds',
    { tag: ['@orders', '@balance'], annotation: promise('order-ends-once') },
    async ({ instance, newOrder, payOrderUntilSettled, newKey, profile, burst }) => {
      needsCancellation(profile);
      needsFinalPayments(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const key = newKey();

      const answers = await burst<unknown>({ accounts: [account], products: [product], gate: { order } }, [
        () => payOrderUntilSettled(order, key),
        () => untilSettled(() => instance(1).cancelOrder(order.orderId, account)),
      ]);
      expect(answers).toHaveOutcomes({ ok: 1, 'order-state': 1 });
    },
  );
});
