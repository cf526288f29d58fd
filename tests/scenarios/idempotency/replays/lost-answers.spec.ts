import { needsForgottenRefusals, needsKeys, needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

test.describe('lost answers', { tag: '@idempotency' }, () => {
  test(
    '10 concurrent duplicates of a payment whose answers are all lost are charged once',
    { annotation: promise('lost-answer-charges-once') },
    async ({ newOrder, payOrder, payOrderUntilSettled, cuttableShopApi, shopDatabase, newKey, burst, profile }) => {
      needsKeys(profile, 'pay');
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
      needsKeys(profile, 'pay');
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

  for (const [call, subject, done, tag, promised] of [
    ['pay', 'payment', 'charged', '@balance', 'lost-answer-charges-once'],
    ['createOrder', 'order', 'created', '@orders', 'lost-answer-takes-effect-once'],
    ['chargeBalance', 'top-up', 'added', '@balance', 'lost-answer-takes-effect-once'],
  ] as const) {
    test(
      `${subject} whose answer is lost in flight is ${done} once when retried`,
      { tag, annotation: promise(promised) },
      async ({ newRequest, cuttableShopApi, shopDatabase, newKey, profile, burst }) => {
        needsRetries(profile, call);
        const { account, send, expectSettled, after, neededRow } = await newRequest(call);
        const key = newKey();

        const [lost] = await burst({ gate: neededRow, beforeOpening: cuttableShopApi.cut }, [
          () => send(key, cuttableShopApi.api),
        ]);
        // Others may need no such row, and were answered before the cut.
        expect(lost?.outcome).toMatch(call === 'pay' ? 'unknown' : /^(unknown|ok)$/);
        const done = await untilSettled(() => send(key));
        expectSettled(done);
        expect(await send(key)).toReplay(done);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }
});
