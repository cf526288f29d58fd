import { needsForgottenRefusals, needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

test.describe('lost answers', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'pay');
  });

  test(
    'payment whose answer is lost in flight is charged once when retried',
    { annotation: promise('lost-answer-charges-once') },
    async ({ newOrder, payOrder, payOrderUntilSettled, cuttableShopApi, shopDatabase, newKey, burst }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
      const key = newKey();

      const [lost] = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account }, beforeOpening: cuttableShopApi.cut },
        [() => cuttableShopApi.api.pay(order.orderId, paymentBy(order, key))],
      );
      expect(lost?.outcome).toBe('unknown');
      const paid = await payOrderUntilSettled(order, key);
      expect(paid).toBePaid(order, { remainingBalance: 70_000 });
      expect(await payOrder(order, key)).toReplay(paid);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [70_000], stock: [99], orders: ['paid'], payments: [30_000] });
    },
  );

  test(
    '10 concurrent duplicates of a payment whose answers are all lost are charged once',
    { annotation: promise('lost-answer-charges-once') },
    async ({ newOrder, payOrder, payOrderUntilSettled, cuttableShopApi, shopDatabase, newKey, burst }) => {
      const { account, product, order } = await newOrder({ balance: 500_000, price: 30_000 });
      const key = newKey();

      await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account }, beforeOpening: cuttableShopApi.cut },
        Array.from({ length: 10 }, () => () => cuttableShopApi.api.pay(order.orderId, paymentBy(order, key))),
      );
      const paid = await payOrderUntilSettled(order, key);
      expect(paid).toBePaid(order, { remainingBalance: 470_000 });
      expect(await payOrder(order, key)).toReplay(paid);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
        balances: [470_000],
        payments: [30_000],
      });
    },
  );

  test(
    'payment whose refusal is lost in flight moves nothing and succeeds after a top-up',
    { annotation: promise('refused-key-stays-usable') },
    async ({ newOrder, payOrder, payOrderUntilSettled, topUp, cuttableShopApi, newKey, profile, burst }) => {
      needsForgottenRefusals(profile);
      const { account, order } = await newOrder({ balance: 10_000, price: 30_000 });
      const key = newKey();

      await burst({ accounts: [account], gate: { order }, beforeOpening: cuttableShopApi.cut }, [
        () => cuttableShopApi.api.pay(order.orderId, paymentBy(order, key)),
      ]);
      const refused = await payOrderUntilSettled(order, key);
      expect(refused).toBeRefusedFor('balance', { required: 30_000, available: 10_000 });
      await topUp(account, 20_000);
      expect(await payOrder(order, key)).toBePaid(order, { remainingBalance: 0 });
    },
  );

  for (const [call, title, tag] of [
    ['createOrder', 'order whose answer is lost in flight is created once when retried', '@orders'],
    ['chargeBalance', 'top-up whose answer is lost in flight is added once when retried', '@balance'],
  ] as const) {
    test(
      title,
      { tag, annotation: promise('lost-answer-takes-effect-once') },
      async ({ newRequest, cuttableShopApi, shopDatabase, newKey, profile, burst }) => {
        needsKeys(profile, call);
        const { account, send, expectSuccess, after, neededRow } = await newRequest(call);
        const key = newKey();

        await burst({ gate: neededRow, beforeOpening: cuttableShopApi.cut }, [() => send(key, cuttableShopApi.api)]);
        const done = await untilSettled(() => send(key));
        expectSuccess(done);
        expect(await send(key)).toReplay(done);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }
});
