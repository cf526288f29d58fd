import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('duplicates at several instances', { tag: '@idempotency' }, () => {
  for (const [call, title, tag, promised] of [
    ['pay', ' payment sent to 2 instances are charged once', '@balance', 'concurrent-duplicates-charge-once'],
    ['createOrder', 'n order sent to 2 instances create 1 order', '@orders', 'concurrent-duplicates-take-effect-once'],
    [
      'chargeBalance',
      ' top-up sent to 2 instances are added once',
      '@balance',
      'concurrent-duplicates-take-effect-once',
    ],
  ] as const) {
    test(
      `6 concurrent duplicates of a${title}`,
      { tag, annotation: promise(promised) },
      async ({ instance, newRequest, shopDatabase, newKey, profile, burst }) => {
        needsKeys(profile, call);
        const { account, products, send, expectSuccess, after, neededRow } = await newRequest(call);
        const key = newKey();

        const answers = await burst(
          { accounts: call === 'chargeBalance' ? [] : [account], products, gate: neededRow },
          Array.from({ length: 6 }, (_, nth) => () => untilSettled(() => send(key, instance(nth)))),
        );
        for (const answer of answers) expectSuccess(answer);
        for (const nth of [0, 1]) {
          const replay = await untilSettled(() => send(key, instance(nth)));
          for (const answer of answers) expect(replay).toReplay(answer);
        }
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }

  test(
    '6 concurrent payments of an order under 6 keys sent to 2 instances: exactly 1 succeeds',
    { tag: '@balance', annotation: promise('one-charge-per-order') },
    async ({ instance, newOrder, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 500_000, price: 10_000 });

      const answers = await burst(
        { accounts: [account], products: [product], gate: { order } },
        Array.from({ length: 6 }, newKey).map(
          (key, nth) => () => untilSettled(() => instance(nth).pay(order.orderId, paymentBy(order, key))),
        ),
      );
      expect(answers).toHaveOutcomes({ ok: 1, 'order-state': 5 });
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        ...{ balances: [490_000], stock: [99], orders: ['paid'], payments: [10_000] },
      });
    },
  );
});
