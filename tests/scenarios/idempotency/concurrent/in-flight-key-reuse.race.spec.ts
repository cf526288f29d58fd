import { needsPaymentAmount, needsUserNamed } from '../../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals, needsKeys, needsKeysOf } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('in-flight key reuse', { tag: '@idempotency' }, () => {
  test(
    'key of a payment in flight sent by another user is refused and debits only the owner',
    { tag: '@balance', annotation: promise('order-belongs-to-its-user', 'users-in-flight-kept-apart') },
    async ({ newAccount, newOrder, payOrderUntilSettled, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'pay');
      needsUserNamed(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const stranger = await newAccount({ balance: 50_000 });
      const key = newKey();

      const [paid, ...tried] = await burst({ accounts: [account, stranger], gate: { balanceOf: account } }, [
        () => payOrderUntilSettled(order, key),
        () => untilSettled(() => shopApi.pay(order.orderId, paymentBy(stranger, key))),
      ]);
      expect(paid?.outcome, 'outcome of the payment by the owner').toBe('ok');
      // Several causes hold: order and key belong to the owner, and the order is paid meanwhile.
      for (const answer of tried) expect(answer).toBeRefusedFor(['foreign-order', 'key-reuse', 'order-state']);
      expect(await shopDatabase.stateOf([account, stranger])).toMatchObject({ balances: [30_000, 50_000] });
    },
  );

  for (const sequence of [
    ['right', 'wrong'],
    ['wrong', 'right'],
  ] as const) {
    test(
      `concurrent right and wrong amounts under one key: only the right one pays (${sequence[0]} one first)`,
      { tag: '@balance', annotation: promise('in-flight-key-bound-to-request') },
      async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, newKey, profile, burst }) => {
        needsKeys(profile, 'pay');
        needsPaymentAmount(profile);
        needsForgottenRefusals(profile);
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
        const key = newKey();
        const payments = {
          right: () => payOrderUntilSettled(order, key),
          wrong: () => untilSettled(() => payOrder(order, key, { amount: 19_999 })),
        };

        const answers = await burst(
          { accounts: [account], products: [product], gate: { order } },
          sequence.map((name) => payments[name]),
        );
        const right = answers[sequence.indexOf('right')];
        expect(right?.outcome, 'outcome of the payment that names no amount').toBe('ok');
        for (const wrong of answers.filter((answer) => answer !== right)) {
          expect(wrong).toBeRefusedFor(['invalid-input', 'key-reuse']);
        }
        expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000] });
      },
    );
  }

  test(
    'concurrent orders of 2 users under the same key are both created',
    { tag: '@orders', annotation: promise('users-in-flight-kept-apart') },
    async ({ newAccount, newProduct, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'createOrder');
      needsKeysOf(profile, 'user');
      const users = [await newAccount({ balance: 50_000 }), await newAccount({ balance: 50_000 })];
      const [one] = users;
      const product = await newProduct({ price: 10_000, stock: 10 });
      const idempotencyKey = newKey();

      const answers = await burst(
        { accounts: users, products: [product], ...(one && { gate: { user: one } }) },
        users.map((user) => () => untilSettled(() => shopApi.createOrder(orderOf(user, product, { idempotencyKey })))),
      );
      expect(
        answers.map((answer) => ({ userId: requireAnswer(answer).userId })),
        'users of the answered orders, in the order of the requests',
      ).toEqual(users.map(({ userId }) => ({ userId })));
      expect(await shopDatabase.stateOf(users)).toMatchObject({ orders: ['pending', 'pending'] });
    },
  );

  test(
    'concurrent top-ups of 2 users under the same key are both added',
    { tag: '@balance', annotation: promise('users-in-flight-kept-apart') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'chargeBalance');
      needsKeysOf(profile, 'user');
      const users = [await newAccount({ balance: 1_000 }), await newAccount({ balance: 2_000 })];
      const [one] = users;
      const charge = topUpOf(20_000, newKey());

      const answers = await burst(
        one ? { gate: { balanceOf: one } } : {},
        users.map(
          ({ userId }) =>
            () =>
              untilSettled(() => shopApi.chargeBalance(userId, charge)),
        ),
      );
      expect(
        answers.map((answer) => ({ userId: requireAnswer(answer).userId })),
        'users of the answered top-ups, in the order of the requests',
      ).toEqual(users.map(({ userId }) => ({ userId })));
      expect(await shopDatabase.stateOf(users)).toMatchObject({ balances: [21_000, 22_000] });
    },
  );

  test(
    '2 concurrent orders with different quantities under one key: exactly 1 succeeds',
    { tag: '@orders', annotation: promise('in-flight-key-bound-to-request') },
    async ({ newBuyer, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'createOrder');
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      const idempotencyKey = newKey();

      const answers = await burst(
        { accounts: [account], gate: { user: account } },
        [1, 2].map((quantity) => {
          const request = orderOf(account, product, { quantity, idempotencyKey });
          return () => untilSettled(() => shopApi.createOrder(request));
        }),
      );
      expect(answers).toHaveOutcomes({ ok: 1, 'key-reuse': 1 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
    },
  );

  test(
    '2 concurrent top-ups with different amounts under one key: exactly 1 succeeds',
    { tag: '@balance', annotation: promise('in-flight-key-bound-to-request') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile, burst }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 0 });
      const idempotencyKey = newKey();

      const answers = await burst(
        { gate: { balanceOf: account } },
        [20_000, 30_000].map((amount) => {
          const charge = topUpOf(amount, idempotencyKey);
          return () => untilSettled(() => shopApi.chargeBalance(account.userId, charge));
        }),
      );
      expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['ok', 'refused']);
      for (const loser of answers.filter(({ outcome }) => outcome === 'refused')) {
        expect(loser).toBeRefusedFor(['key-reuse', 'invalid-charge', 'invalid-input']);
      }
      const added = answers.flatMap(({ answer }) => answer?.chargedAmount ?? []);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: added });
    },
  );
});
