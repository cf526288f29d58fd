import { needsRefunds } from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';

test.describe('cancellations of paid orders', { tag: ['@orders', '@balance', '@stock'] }, () => {
  test.beforeEach(({ profile }) => {
    needsRefunds(profile);
  });

  test(
    'cancellation of a paid order refunds it and gives its stock back',
    { annotation: promise('cancellation-gives-back-once') },
    async ({ newOrder, payOrder, shopApi, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10, quantity: 2 });
      expect(await payOrder(order)).toBePaid(order);

      expect(await shopApi.cancelOrder(order.orderId, account)).toBeOrdered({
        userId: account.userId,
        status: 'cancelled',
        lines: [{ ...product, quantity: 2 }],
      });
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000], stock: [10], orders: ['cancelled'] });
    },
  );

  test(
    'second cancellation of a paid order refunds nothing more',
    { annotation: promise('ended-order-stays-ended', 'cancellation-gives-back-once') },
    async ({ newOrder, payOrder, shopApi, shopDatabase, profile }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      expect(await payOrder(order)).toBePaid(order);
      expect((await shopApi.cancelOrder(order.orderId, account)).outcome).toBe('ok');

      const again = await shopApi.cancelOrder(order.orderId, account);
      const { secondCancellation = 'refused' } = profile.policies;
      expect(again.outcome).toBe({ answered: 'ok', refused: 'refused' }[secondCancellation]);
      expect(again.refusal?.reason ?? 'order-state').toBe('order-state');
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000], stock: [10], orders: ['cancelled'] });
    },
  );

  test(
    '5 concurrent cancellations of a paid order refund it once',
    { annotation: promise('order-ends-once', 'cancellation-gives-back-once') },
    async ({ newOrder, payOrder, shopApi, shopDatabase, profile, burst }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      expect(await payOrder(order)).toBePaid(order);

      const answers = await burst(
        { accounts: [account], products: [product], gate: { order } },
        Array.from({ length: 5 }, () => () => untilSettled(() => shopApi.cancelOrder(order.orderId, account))),
      );
      expect(answers).toHaveOutcomes(
        profile.policies.secondCancellation === 'answered' ? { ok: 5 } : { ok: 1, 'order-state': 4 },
      );
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000], stock: [10], orders: ['cancelled'] });
    },
  );

  test(
    'payment replayed after its order was cancelled debits nothing',
    { tag: '@idempotency', annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const key = newKey();
      const paid = await payOrder(order, key);
      expect(paid).toBePaid(order);
      expect((await shopApi.cancelOrder(order.orderId, account)).outcome).toBe('ok');

      expect(await payOrder(order, key)).toReplayOrBeRefusedFor(paid, 'order-state');
      expect(await payOrder(order)).toBeRefusedFor('order-state');
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000], stock: [10], orders: ['cancelled'] });
    },
  );

  test(
    'concurrent payment replay and cancellation of a paid order refund it once and debit nothing again',
    { tag: '@idempotency', annotation: promise('order-ends-once', 'replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, payOrderUntilSettled, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const key = newKey();
      const paid = await payOrder(order, key);
      expect(paid).toBePaid(order);

      const [replay, cancelled] = await burst<unknown>({ accounts: [account], products: [product], gate: { order } }, [
        () => payOrderUntilSettled(order, key),
        () => untilSettled(() => shopApi.cancelOrder(order.orderId, account)),
      ]);
      expect(cancelled?.outcome).toBe('ok');
      expect(replay?.refusal?.reason ?? 'replayed').toMatch(/^(replayed|order-state)$/);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000], stock: [10], orders: ['cancelled'] });
    },
  );

  test(
    'concurrent payment and cancellation of one order leave it paid in full or cancelled and refunded',
    { annotation: promise('order-ends-once') },
    async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, newKey, burst }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const key = newKey();

      const [paid, cancelled] = await burst<unknown>({ accounts: [account], products: [product], gate: { order } }, [
        () => payOrderUntilSettled(order, key),
        () => untilSettled(() => shopApi.cancelOrder(order.orderId, account)),
      ]);
      const outcomes = [paid?.outcome, cancelled?.outcome];
      expect(outcomes.filter((outcome) => outcome === 'ok').length, 'successes of both').toBeGreaterThan(0);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject(
        cancelled?.outcome === 'ok'
          ? { balances: [100_000], stock: [10], orders: ['cancelled'] }
          : { balances: [80_000], stock: [9], orders: ['paid'] },
      );
    },
  );
});
