import { promise } from '../../../../fixtures/promises/promise.ts';
import { settleAsNoDuplicate } from '../../../../fixtures/races/settle-as-no-duplicate.ts';
import { needsShownOrder } from '../../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { orderOf, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import { neededToPay } from '../../../../helpers/database/rows/needed-to-pay.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('other calls in flight', { tag: '@idempotency' }, () => {
  for (const which of ['another key', 'the same key'] as const) {
    test(
      `order under ${which} while a payment of the same user is in flight is not taken for a duplicate`,
      { tag: '@orders', annotation: promise('other-call-in-flight-no-conflict') },
      async ({ newOrder, newProduct, payOrderUntilSettled, shopApi, newKey, profile, whileInFlight }) => {
        needsKeys(profile, 'pay', 'createOrder');
        const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
        const wanted = await newProduct({ price: 30_000, stock: 10 });
        const { userId } = account;
        const key = newKey();
        const idempotencyKey = { 'another key': newKey(), 'the same key': key }[which];
        const createOrder = () => shopApi.createOrder(orderOf(account, wanted, { quantity: 2, idempotencyKey }));

        const [held, beside] = await whileInFlight(
          neededToPay(profile, account, product),
          () => payOrderUntilSettled(order, key),
          createOrder,
        );
        expect(await settleAsNoDuplicate(beside, createOrder)).toBeOrdered({
          userId,
          lines: [{ ...wanted, quantity: 2 }],
        });
        expect(held).toBePaid(order, { remainingBalance: 70_000 });
      },
    );

    test(
      `top-up under ${which} while a payment of the same user is in flight is not taken for a duplicate`,
      { tag: '@balance', annotation: promise('other-call-in-flight-no-conflict') },
      async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, newKey, profile, whileInFlight }) => {
        needsKeys(profile, 'pay', 'chargeBalance');
        const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
        const { userId } = account;
        const key = newKey();
        const idempotencyKey = { 'another key': newKey(), 'the same key': key }[which];
        const charge = () => shopApi.chargeBalance(userId, topUpOf(5_000, idempotencyKey));

        const [held, beside] = await whileInFlight(
          neededToPay(profile, account, product),
          () => payOrderUntilSettled(order, key),
          charge,
        );
        expect(requireAnswer(await settleAsNoDuplicate(beside, charge))).toMatchObject({
          userId,
          chargedAmount: 5_000,
        });
        expect(held).toBePaid(order);
        expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [75_000] });
      },
    );
  }

  test(
    'top-up under the same key while an order of the same user is in flight is not taken for a duplicate',
    {
      tag: ['@balance', '@orders'],
      annotation: promise('key-belongs-to-user-and-call', 'other-call-in-flight-no-conflict'),
    },
    async ({ newBuyer, shopApi, shopDatabase, newKey, profile, whileInFlight }) => {
      needsKeys(profile, 'createOrder', 'chargeBalance');
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
      const { userId } = account;
      const idempotencyKey = newKey();
      const order = () => shopApi.createOrder(orderOf(account, product, { idempotencyKey }));
      const charge = () => shopApi.chargeBalance(userId, topUpOf(5_000, idempotencyKey));

      const [held, beside] = await whileInFlight({ user: account }, () => untilSettled(order), charge);
      expect(requireAnswer(await settleAsNoDuplicate(beside, charge))).toMatchObject({ userId, chargedAmount: 5_000 });
      expect(held).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [105_000], orders: ['pending'] });
    },
  );

  test(
    'order is not shown as paid while its payment is in flight',
    { tag: ['@balance', '@orders'], annotation: promise('reads-during-writes-do-not-last') },
    async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, profile, whileInFlight }) => {
      needsShownOrder(profile);
      const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
      const stored: string[] = [];

      const [held, shown] = await whileInFlight(
        { balanceOf: account },
        () => payOrderUntilSettled(order),
        async () => {
          const exchange = await shopApi.getOrder(order.orderId, account);
          stored.push(...(await shopDatabase.stateOf([account])).orders);
          return exchange;
        },
      );
      // An answer that waited for the payment, or came after its commit, may show it as paid.
      for (const early of [shown].filter(() => stored.includes('pending'))) {
        expect(early).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });
      }
      expect(held).toBePaid(order, { remainingBalance: 70_000 });
    },
  );
});
