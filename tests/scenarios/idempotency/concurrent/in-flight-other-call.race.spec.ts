import { inItsOwnRight } from '../../../../fixtures/in-its-own-right.ts';
import { needsKeys, needsShownOrder } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';
import { neededToPay } from '../../../../helpers/database/needed-to-pay.ts';
import { settled } from '../../../../helpers/api/settled.ts';

// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced other calls', { tag: '@idempotency' }, () => {
  for (const which of ['another key', 'a key of the same text'] as const) {
    test(
      `while a payment is under way, its user orders under ${which}`,
      { tag: '@orders' },
      async ({ newOrder, newProduct, payOrderUntilSettled, shopApi, catalogue, profile, besideHeld }) => {
        needsKeys(profile, 'pay', 'createOrder');
        const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
        const wanted = await newProduct({ price: 30_000, stock: 10 });
        const { userId } = account;
        const key = catalogue.idempotencyKey();
        const idempotencyKey = { 'another key': catalogue.idempotencyKey(), 'a key of the same text': key }[which];
        const items = [{ productId: wanted.productId, quantity: 2 }];
        const createOrder = () => shopApi.createOrder({ userId, items, idempotencyKey });

        const [held, beside] = await besideHeld(
          neededToPay(profile, account, product),
          () => payOrderUntilSettled(order, key),
          createOrder,
        );
        expect(await inItsOwnRight(beside, createOrder)).toBeOrdered({ userId, lines: [{ ...wanted, quantity: 2 }] });
        expect(held).toBePaid(order, { remainingBalance: 70_000 });
      },
    );

    test(
      `while a payment is under way, its user is topped up under ${which}`,
      { tag: '@balance' },
      async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, catalogue, profile, besideHeld }) => {
        needsKeys(profile, 'pay', 'chargeBalance');
        const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
        const { userId } = account;
        const key = catalogue.idempotencyKey();
        const idempotencyKey = { 'another key': catalogue.idempotencyKey(), 'a key of the same text': key }[which];
        const charge = () => shopApi.chargeBalance(userId, { amount: 5_000, idempotencyKey });

        const [held, beside] = await besideHeld(
          neededToPay(profile, account, product),
          () => payOrderUntilSettled(order, key),
          charge,
        );
        expect(contentOf(await inItsOwnRight(beside, charge))).toMatchObject({ userId, chargedAmount: 5_000 });
        expect(held).toBePaid(order);
        expect((await shopDatabase.stateOf([account])).balances).toEqual([75_000]);
      },
    );
  }

  test(
    'while an order is under way, its user is topped up under a key of the same text',
    { tag: ['@balance', '@orders'] },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile, besideHeld }) => {
      needsKeys(profile, 'createOrder', 'chargeBalance');
      const account = await newAccount({ balance: 100_000 });
      const { userId } = account;
      const product = await newProduct({ price: 10_000, stock: 10 });
      const idempotencyKey = catalogue.idempotencyKey();
      const items = [{ productId: product.productId, quantity: 1 }];
      const order = () => shopApi.createOrder({ userId, items, idempotencyKey });
      const charge = () => shopApi.chargeBalance(userId, { amount: 5_000, idempotencyKey });

      const [held, beside] = await besideHeld({ user: account }, async () => settled(await order(), order), charge);
      expect(contentOf(await inItsOwnRight(beside, charge))).toMatchObject({ userId, chargedAmount: 5_000 });
      expect(held).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [105_000], orders: ['pending'] });
    },
  );

  test(
    'while a payment is under way, its order is not shown as paid',
    { tag: ['@balance', '@orders'] },
    async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, profile, besideHeld }) => {
      needsShownOrder(profile);
      const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
      const stored: string[] = [];

      const [held, shown] = await besideHeld(
        { balanceOf: account },
        () => payOrderUntilSettled(order),
        async () => {
          const exchange = await shopApi.getOrder(order.orderId, account);
          stored.push(...(await shopDatabase.stateOf([account])).orders);
          return exchange;
        },
      );
      // What had to wait, or what the tables say already, may be shown.
      for (const early of [shown].filter(() => stored.includes('pending'))) {
        expect(early).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });
      }
      expect(held).toBePaid(order, { remainingBalance: 70_000 });
    },
  );
});
