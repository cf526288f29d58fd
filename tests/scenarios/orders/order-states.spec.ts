import {
  needsCancellation,
  needsFinalPayments,
  needsLookUp,
  needsNoLogIn,
  needsRefusedSecondCancellation,
  needsUserInBody,
  needsUserNamed,
} from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import { resendUntilSettled } from '../../../helpers/api/resend-until-settled.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

test.describe('order states', { tag: '@orders' }, () => {
  test(
    'payment of a paid order with a new key is refused and debits nothing',
    { annotation: promise('ended-order-stays-ended') },
    async ({ newOrder, payOrder, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order);

      expect(await payOrder(order)).toBeRefusedFor('order-state');
      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [80_000],
        stock: [9],
        orders: ['paid'],
        payments: [20_000],
      });
    },
  );

  test(
    'payment of a cancelled order is refused and debits nothing',
    { tag: '@balance', annotation: promise('ended-order-stays-ended') },
    async ({ newOrder, payOrder, shopApi, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const { userId } = account;
      const cancelled = await shopApi.cancelOrder(order.orderId, { userId });
      expect(cancelled).toBeOrdered({ userId, status: 'cancelled', lines: [{ ...product, quantity: 1 }] });

      expect(await payOrder(order)).toBeRefusedFor('order-state');
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [100_000],
        stock: [10],
        orders: ['cancelled'],
        payments: [],
      });
    },
  );

  test(
    'GET order after a cancellation shows the order as cancelled',
    { annotation: promise('order-shown-as-it-is') },
    async ({ newOrder, shopApi }) => {
      const { account, product, order } = await newOrder({ price: 20_000 });
      const { userId } = account;
      requireAnswer(await shopApi.cancelOrder(order.orderId, { userId }));
      expect(await shopApi.getOrder(order.orderId, { userId })).toBeOrdered({
        userId,
        status: 'cancelled',
        lines: [{ ...product, quantity: 1 }],
      });
    },
  );

  test(
    'cancellation of a paid order is refused and refunds nothing',
    { annotation: promise('ended-order-stays-ended') },
    async ({ newOrder, payOrder, shopApi, shopDatabase, profile }) => {
      needsFinalPayments(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      expect(await payOrder(order)).toBePaid(order);

      expect(await shopApi.cancelOrder(order.orderId, { userId: account.userId })).toBeRefusedFor('order-state');
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [80_000],
        stock: [9],
        orders: ['paid'],
        payments: [20_000],
      });
    },
  );

  test(
    'second cancellation of an order is refused and the stock is returned only once',
    { annotation: promise('ended-order-stays-ended', 'cancellation-gives-back-once') },
    async ({ newOrder, shopApi, shopDatabase, profile }) => {
      needsRefusedSecondCancellation(profile);
      const { account, product, order } = await newOrder({ price: 20_000, stock: 10, quantity: 4 });
      const { userId } = account;
      expect(await shopApi.cancelOrder(order.orderId, { userId })).toBeOrdered({
        userId,
        status: 'cancelled',
        lines: [{ ...product, quantity: 4 }],
      });
      expect(await shopApi.cancelOrder(order.orderId, { userId })).toBeRefusedFor('order-state');
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [1_000_000], stock: [10] });
    },
  );

  test(
    'order whose payment was refused for balance can be cancelled',
    { annotation: promise('refusals-leave-api-usable') },
    async ({ newOrder, payOrder, shopApi }) => {
      const { account, product, order } = await newOrder({ balance: 0, price: 20_000 });
      expect(await payOrder(order)).toBeRefusedFor('balance');
      const { userId } = account;
      expect(await shopApi.cancelOrder(order.orderId, { userId })).toBeOrdered({
        userId,
        status: 'cancelled',
        lines: [{ ...product, quantity: 1 }],
      });
    },
  );

  test(
    "payment of another user's order is refused and moves no money",
    { tag: '@balance', annotation: promise('order-belongs-to-its-user') },
    async ({ newAccount, newOrder, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsUserNamed(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const stranger = await newAccount({ balance: 100_000 });
      const refused = await shopApi.pay(order.orderId, paymentBy(stranger, newKey()));
      expect(refused).toBeRefusedFor('foreign-order');
      expect(await shopDatabase.stateOf([account, stranger], [product])).toEqual({
        balances: [100_000, 100_000],
        stock: [expectedStock(10, { pending: 1 })],
        orders: ['pending'],
        payments: [],
      });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 80_000 });
    },
  );

  test(
    "cancellation of another user's order is refused and its owner can still pay",
    { annotation: promise('order-belongs-to-its-user') },
    async ({ newAccount, newOrder, payOrder, shopApi, profile }) => {
      needsCancellation(profile);
      needsUserNamed(profile, 'cancelOrder');
      const { order } = await newOrder({ price: 20_000 });
      const stranger = await newAccount({ balance: 0 });
      expect(await shopApi.cancelOrder(order.orderId, { userId: stranger.userId })).toBeRefusedFor('foreign-order');
      expect(await payOrder(order)).toBePaid(order);
    },
  );

  test(
    'cancellation by an unknown user is refused and leaves the order pending',
    { annotation: promise('unknown-ids-refused') },
    async ({ newOrder, shopApi, shopDatabase, profile }) => {
      needsNoLogIn(profile);
      needsUserInBody(profile, 'cancelOrder');
      const { account, order } = await newOrder({ price: 20_000 });
      const refused = await shopApi.cancelOrder(order.orderId, { userId: absentId(account.userId) });
      expect(refused).toBeRefusedFor(['foreign-order', 'unknown-user']);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
    },
  );

  test(
    'payment of an unknown order is refused and debits nothing',
    { annotation: promise('unknown-ids-refused') },
    async ({ newOrder, shopApi, shopDatabase, newKey }) => {
      const { account, order } = await newOrder({ balance: 100_000, price: 20_000 });
      const payment = paymentBy(account, newKey());
      expect(await shopApi.pay(absentId(order.orderId), payment)).toBeRefusedFor('unknown-order');
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [100_000] });
    },
  );

  test(
    'GET order with an unknown id is refused as unknown order',
    { annotation: promise('unknown-ids-refused') },
    async ({ newOrder, shopApi, profile }) => {
      needsLookUp(profile, 'getOrder');
      const { account, order } = await newOrder({ price: 20_000 });
      expect(await shopApi.getOrder(absentId(order.orderId), account)).toBeRefusedFor('unknown-order');
    },
  );

  test(
    'cancellation of an unknown order is refused',
    { annotation: promise('unknown-ids-refused') },
    async ({ newOrder, shopApi }) => {
      const { account, order } = await newOrder({ price: 20_000 });
      expect(await shopApi.cancelOrder(absentId(order.orderId), account)).toBeRefusedFor('unknown-order');
    },
  );

  test(
    'concurrent payment and cancellation of one order: exactly one succeeds',
    { annotation: promise('order-ends-once') },
    async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, newKey, profile }) => {
      needsCancellation(profile);
      needsFinalPayments(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const { userId } = account;
      const { orderId } = order;
      const key = newKey();
      const [paid, cancelled] = await Promise.all([
        payOrderUntilSettled(order, key),
        shopApi
          .cancelOrder(orderId, { userId })
          .then((first) => resendUntilSettled(first, () => shopApi.cancelOrder(orderId, { userId }))),
      ]);
      expect([paid, cancelled]).toHaveOutcomes({ ok: 1, 'order-state': 1 });
      expect(await shopDatabase.stateOf([account], [product])).toEqual(
        paid.outcome === 'ok'
          ? { balances: [80_000], stock: [9], orders: ['paid'], payments: [20_000] }
          : { balances: [100_000], stock: [10], orders: ['cancelled'], payments: [] },
      );
    },
  );
});
