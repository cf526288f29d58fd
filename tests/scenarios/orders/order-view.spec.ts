import { expect, test } from '../../../fixtures/test.ts';
import type { OrderAnswer, ShownOrderAnswer } from '../../../helpers/api/answers.ts';
import { mayBeOneInstant } from '../../../helpers/text/instants.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';

/** In which respects an order is shown otherwise than its creation answered; what one of the two does not say is none. */
const differences = (shown: ShownOrderAnswer, order: OrderAnswer): string[] => [
  ...(shown.orderId === order.orderId ? [] : [`order ${order.orderId} is shown as ${shown.orderId}`]),
  ...((shown.orderNumber ?? order.orderNumber) === (order.orderNumber ?? shown.orderNumber)
    ? []
    : [`number ${order.orderNumber ?? ''} is shown as ${shown.orderNumber ?? ''}`]),
  ...(mayBeOneInstant(shown.createdAt ?? order.createdAt ?? 0, order.createdAt ?? shown.createdAt ?? 0)
    ? []
    : [`created at ${order.createdAt ?? ''}, shown as ${shown.createdAt ?? ''}`]),
];

test.describe('shown orders', { tag: '@orders' }, () => {
  test('each order of an account is shown as it was made', async ({ newAccount, newProduct, placeOrder, shopApi }) => {
    const account = await newAccount({ balance: 100_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const orders = [];
    for (const quantity of [1, 2]) orders.push({ quantity, order: await placeOrder(account, { product, quantity }) });
    for (const { quantity, order } of orders) {
      const shown = await shopApi.getOrder(order.orderId, account);
      expect(shown).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity }] });
      expect(differences(contentOf(shown), order), 'shown otherwise than made').toEqual([]);
    }
  });

  test('a paid order is shown as it was made, and paid when its payment says', async ({
    newOrder,
    payOrder,
    shopApi,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
    const paid = await payOrder(order);
    expect(paid).toBePaid(order);
    const lines = [{ ...product, quantity: 1 }];
    const shown = await shopApi.getOrder(order.orderId, account);
    expect(shown).toBeOrdered({ userId: account.userId, status: 'paid', lines });
    const { paidAt, ...rest } = contentOf(shown);
    expect(differences(rest, order), 'shown otherwise than made').toEqual([]);
    const told = contentOf(paid).paidAt;
    const isOne = mayBeOneInstant(paidAt ?? told ?? 0, told ?? paidAt ?? 0);
    expect(isOne, `paid at ${told ?? 'no time'} by the payment, at ${paidAt ?? 'no time'} by the order`).toBe(true);
  });

  test(
    'an order whose payment was refused is shown as pending',
    { tag: '@balance' },
    async ({ newOrder, payOrder, shopApi }) => {
      const { account, product, order } = await newOrder({ balance: 1_000, price: 10_000 });
      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 10_000, available: 1_000 });
      const shown = await shopApi.getOrder(order.orderId, account);
      expect(shown).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });
    },
  );

  test('cancelling one order of an account leaves the others as they are', async ({
    newOrder,
    placeOrder,
    payOrder,
    shopApi,
    shopDatabase,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
    const other = await placeOrder(account, { product, quantity: 2 });
    const cancelled = await shopApi.cancelOrder(order.orderId, account);
    expect(differences(contentOf(cancelled), order), 'cancelled otherwise than made').toEqual([]);

    expect((await shopDatabase.stateOf([account])).orders).toEqual(['cancelled', 'pending']);
    expect(await payOrder(other)).toBePaid(other, { remainingBalance: 80_000 });
  });
});
