import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { OrderAnswer, ShownOrderAnswer } from '../../../helpers/api/answers/answers.ts';
import { mayBeOneInstant } from '../../../helpers/text/instants.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

/** Returns how a shown order differs from the answer to its creation; a field that either of them lacks is no difference. */
const differences = (shown: ShownOrderAnswer, order: OrderAnswer): string[] => [
  ...(shown.orderId === order.orderId ? [] : [`order ${order.orderId} is shown as ${shown.orderId}`]),
  ...((shown.orderNumber ?? order.orderNumber) === (order.orderNumber ?? shown.orderNumber)
    ? []
    : [`number ${order.orderNumber ?? ''} is shown as ${shown.orderNumber ?? ''}`]),
  ...(mayBeOneInstant(shown.createdAt ?? order.createdAt ?? 0, order.createdAt ?? shown.createdAt ?? 0)
    ? []
    : [`created at ${order.createdAt ?? ''}, shown as ${shown.createdAt ?? ''}`]),
];

test.describe('order view', { tag: '@orders' }, () => {
  test(
    'GET order shows each of 2 orders of a user as it was created',
    { annotation: promise('order-shown-as-it-is') },
    async ({ newBuyer, placeOrder, shopApi }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
      const orders = [];
      for (const quantity of [1, 2]) orders.push({ quantity, order: await placeOrder(account, { product, quantity }) });
      for (const { quantity, order } of orders) {
        const shown = await shopApi.getOrder(order.orderId, account);
        expect(shown).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity }] });
        expect(differences(requireAnswer(shown), order), 'differences between the shown and the created order').toEqual(
          [],
        );
      }
    },
  );

  test(
    'GET order of a paid order shows it as created, with the time of its payment',
    { annotation: promise('order-shown-as-it-is') },
    async ({ newOrder, payOrder, shopApi }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
      const paid = await payOrder(order);
      expect(paid).toBePaid(order);
      const lines = [{ ...product, quantity: 1 }];
      const shown = await shopApi.getOrder(order.orderId, account);
      expect(shown).toBeOrdered({ userId: account.userId, status: 'paid', lines });
      const { paidAt: shownPaidAt, ...rest } = requireAnswer(shown);
      expect(differences(rest, order), 'differences between the shown and the created order').toEqual([]);
      const answeredPaidAt = requireAnswer(paid).paidAt;
      const isOneInstant = mayBeOneInstant(shownPaidAt ?? answeredPaidAt ?? 0, answeredPaidAt ?? shownPaidAt ?? 0);
      expect(
        isOneInstant,
        `the payment answers that it was made at ${answeredPaidAt ?? 'no time'}, the order at ${shownPaidAt ?? 'no time'}`,
      ).toBe(true);
    },
  );

  test(
    'GET order after a payment refused for balance shows the order as pending',
    { tag: '@balance', annotation: promise('order-shown-as-it-is') },
    async ({ newOrder, payOrder, shopApi }) => {
      const { account, product, order } = await newOrder({ balance: 1_000, price: 10_000 });
      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 10_000, available: 1_000 });
      const shown = await shopApi.getOrder(order.orderId, account);
      expect(shown).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });
    },
  );

  test(
    'cancellation of one order leaves another order of the same user pending and payable',
    { annotation: promise('cancellation-gives-back-once') },
    async ({ newOrder, placeOrder, payOrder, shopApi, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
      const other = await placeOrder(account, { product, quantity: 2 });
      const cancelled = await shopApi.cancelOrder(order.orderId, account);
      expect(
        differences(requireAnswer(cancelled), order),
        'differences between the cancelled and the created order',
      ).toEqual([]);

      const { orders } = await shopDatabase.stateOf([account]);
      expect(orders, 'orders of the user, of which the first was cancelled').toEqual(['cancelled', 'pending']);
      expect(await payOrder(other)).toBePaid(other, { remainingBalance: 80_000 });
    },
  );
});
