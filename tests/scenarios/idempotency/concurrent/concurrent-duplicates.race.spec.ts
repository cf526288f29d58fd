import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('concurrent duplicates', { tag: '@idempotency' }, () => {
  for (const row of ['balance', 'order', 'product'] as const) {
    test(
      `10 concurrent duplicates of a payment while the ${row} row is locked are charged once`,
      { tag: '@contract', annotation: promise('concurrent-duplicates-charge-once') },
      async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, newKey, burst }) => {
        const { account, product, order } = await newOrder({ balance: 500_000, price: 10_000 });
        const key = newKey();
        const gate = { balance: { balanceOf: account }, order: { order }, product: { product } }[row];
        // A target may take the locked order row for a payment in flight and refuse them all for the moment, so they retry.
        const pay = { balance: payOrder, order: payOrderUntilSettled, product: payOrder }[row];

        const answers = await burst(
          { accounts: [account], products: [product], gate },
          Array.from({ length: 10 }, () => () => pay(order, key)),
        );
        expect(answers).toBeOnePayment(order);
        const replay = await payOrderUntilSettled(order, key);
        for (const answer of answers.filter(({ outcome }) => outcome === 'ok')) expect(replay).toReplay(answer);
        const state = await shopDatabase.stateOf([account], [product]);
        expect(state).toEqual({ balances: [490_000], stock: [99], orders: ['paid'], payments: [10_000] });
      },
    );
  }

  for (const row of ['balance', 'order'] as const) {
    test(
      `10 concurrent payments of an order under 10 keys while the ${row} row is locked: exactly 1 succeeds`,
      { tag: ['@balance', '@contract'], annotation: promise('one-charge-per-order') },
      async ({ newOrder, payOrderUntilSettled, shopDatabase, newKey, profile, burst }) => {
        needsKeys(profile, 'pay');
        const { account, product, order } = await newOrder({ balance: 500_000, price: 10_000 });
        const gate = { balance: { balanceOf: account }, order: { order } }[row];
        const keys = Array.from({ length: 10 }, newKey);

        const answers = await burst(
          { accounts: [account], products: [product], gate },
          keys.map((key) => () => payOrderUntilSettled(order, key)),
        );
        const paid = answers.filter(({ outcome }) => outcome === 'ok');
        expect(answers).toHaveOutcomes({ ok: 1, 'order-state': 9 });
        for (const loser of answers.filter((answer) => !paid.includes(answer))) {
          expect(loser).toBeRefusedFor('order-state');
        }
        expect(await shopDatabase.stateOf([account], [product])).toEqual({
          balances: [490_000],
          stock: [99],
          orders: ['paid'],
          payments: [10_000],
        });
      },
    );
  }

  test(
    '10 concurrent duplicates of a top-up while the balance row is locked are added once',
    { tag: '@balance', annotation: promise('concurrent-duplicates-take-effect-once') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charge = topUpOf(20_000, newKey());
      const send = () => shopApi.chargeBalance(userId, charge);

      const answers = await burst(
        { gate: { balanceOf: account } },
        Array.from({ length: 10 }, () => () => untilSettled(send)),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(requireAnswer(answer)))).size).toBe(1);
      const replay = await untilSettled(send);
      for (const answer of answers) expect(replay).toReplay(answer);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [25_000] });
    },
  );

  for (const row of ['user', 'balance'] as const) {
    test(
      `10 concurrent duplicates of an order while the ${row} row is locked create 1 order`,
      { tag: '@orders', annotation: promise('concurrent-duplicates-take-effect-once') },
      async ({ newBuyer, shopApi, shopDatabase, newKey, profile, burst }) => {
        needsKeys(profile, 'createOrder');
        const { account, product } = await newBuyer({ balance: 100_000, price: 10_000 });
        const request = orderOf(account, product, { idempotencyKey: newKey() });
        const send = () => shopApi.createOrder(request);
        const gate = { user: { user: account }, balance: { balanceOf: account } }[row];

        const answers = await burst(
          { accounts: [account], products: [product], gate },
          Array.from({ length: 10 }, () => () => untilSettled(send)),
        );
        expect(new Set(answers.map((answer) => requireAnswer(answer).orderId)).size, 'orders made').toBe(1);
        const replay = await untilSettled(send);
        for (const answer of answers) expect(replay).toReplay(answer);
        expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
      },
    );
  }

  test(
    '2 concurrent payments of different orders under one key: exactly 1 succeeds',
    { annotation: promise('in-flight-key-bound-to-request') },
    async ({ newOrder, placeOrder, payOrderUntilSettled, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 500_000, price: 10_000 });
      const other = await placeOrder(account, { product, quantity: 2 });
      const key = newKey();

      const answers = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account } },
        [order, other].map((one) => () => payOrderUntilSettled(one, key)),
      );
      expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['ok', 'refused']);
      const { payments, orders } = await shopDatabase.stateOf([account]);
      expect(payments).toHaveLength(1);
      expect(orders.toSorted()).toEqual(['paid', 'pending']);
      for (const loser of answers.filter(({ outcome }) => outcome !== 'ok')) expect(loser).toBeRefusedFor('key-reuse');
    },
  );
});
