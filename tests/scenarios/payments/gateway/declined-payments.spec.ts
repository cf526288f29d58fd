import type { OrderAnswer, PaymentAnswer } from '../../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { needsCancellation } from '../../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';

/** A gateway that goes by the amount declines an order for ever, but for no other reason. */
const expectPaidUnless = (isDeclined: boolean, order: OrderAnswer, payment: Exchange<PaymentAnswer>): void => {
  if (isDeclined) expect(payment).toBeRefusedFor('declined');
  else expect(payment).toBePaid(order);
};

test.describe('payments that the gateway declines', { tag: ['@balance', '@stock'] }, () => {
  test(
    'payment that the gateway declines is refused as declined, and gives money and stock back',
    { tag: '@contract', annotation: promise('declined-payment-gives-back') },
    async ({ gatewayThat, newOrder, shopDatabase }) => {
      const { price, pay } = gatewayThat('declines');
      const { account, product, order } = await newOrder({ price, stock: 10, quantity: 1 });
      const before = await shopDatabase.stateOf([account], [product]);

      expect(await pay(order)).toBeRefusedFor('declined');
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      expect(before).toMatchObject({ orders: ['pending'], payments: [] });
    },
  );

  test(
    'GET order after its payment was declined shows it pending',
    { tag: '@orders', annotation: promise('refusal-changes-no-view') },
    async ({ gatewayThat, newOrder, shopApi }) => {
      const { price, pay } = gatewayThat('declines');
      const { account, product, order } = await newOrder({ price });
      expect(await pay(order)).toBeRefusedFor('declined');

      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered({
        userId: account.userId,
        status: 'pending',
        lines: [{ ...product, quantity: 1 }],
      });
    },
  );

  test(
    'order whose payment was declined is paid with a new key, once the gateway approves',
    { annotation: promise('declined-order-stays-payable') },
    async ({ gatewayThat, newOrder, payOrder, shopDatabase }) => {
      const { price, pay, isOfPayment } = gatewayThat('declines');
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });
      expect(await pay(order)).toBeRefusedFor('declined');

      expectPaidUnless(!isOfPayment, order, await (isOfPayment ? payOrder : pay)(order));
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject(
        isOfPayment ? { stock: [9], orders: ['paid'] } : { stock: [10], orders: ['pending'] },
      );
    },
  );

  test(
    'declined payment sent again with the same key is declined again, and moves nothing',
    { tag: '@idempotency', annotation: promise('declined-order-stays-payable') },
    async ({ gatewayThat, newOrder, newKey, shopDatabase, profile }) => {
      const { price, pay } = gatewayThat('declines');
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });
      const before = await shopDatabase.stateOf([account], [product]);
      const key = newKey();

      for (const attempt of [1, 2, 3]) {
        expect(await pay(order, key), `attempt ${attempt}`).toBeRefusedFor('declined');
        expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      }
    },
  );

  test(
    'order whose payment was declined can be cancelled and gives nothing back twice',
    { tag: '@orders', annotation: promise('cancellation-gives-back-once') },
    async ({ gatewayThat, newOrder, shopApi, shopDatabase, profile }) => {
      const { price, pay } = gatewayThat('declines');
      needsCancellation(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });
      expect(await pay(order)).toBeRefusedFor('declined');

      expect((await shopApi.cancelOrder(order.orderId, account)).outcome).toBe('ok');
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000], stock: [10], orders: ['cancelled'], payments: [] });
    },
  );
});
