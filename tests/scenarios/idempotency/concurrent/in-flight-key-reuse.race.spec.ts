import { needsForgottenRefusals, needsKeys, needsKeysOf, needsPaymentAmount } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { settled } from '../../../../helpers/api/settled.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';
import { tally } from '../../../../helpers/ledger/tally.ts';

// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced joining', { tag: '@idempotency' }, () => {
  test(
    'a stranger who sends the key of a payment under way is not told of it',
    { tag: '@balance' },
    async ({ newAccount, newOrder, payOrderUntilSettled, shopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const stranger = await newAccount({ balance: 50_000 });
      const idempotencyKey = catalogue.idempotencyKey();
      const trying = () => shopApi.pay(order.orderId, { userId: stranger.userId, idempotencyKey });

      const [paid, ...tried] = await burst({ accounts: [account, stranger], gate: { balanceOf: account } }, [
        () => payOrderUntilSettled(order, idempotencyKey),
        async () => settled(await trying(), trying),
      ]);
      expect(paid?.outcome, 'what became of the payment by the owner').toBe('ok');
      // The key is not this user's either, and the order is paid meanwhile.
      for (const answer of tried) expect(answer).toBeRefusedFor(['foreign-order', 'key-reuse', 'order-state']);
      expect((await shopDatabase.stateOf([account, stranger])).balances).toEqual([30_000, 50_000]);
    },
  );

  for (const sequence of [
    ['right', 'wrong'],
    ['wrong', 'right'],
  ] as const) {
    test(
      `one key with a wrong amount at once pays the right one, and is refused for the wrong: ${sequence[0]} first`,
      { tag: '@balance' },
      async ({ newOrder, payOrderUntilSettled, shopApi, shopDatabase, catalogue, profile, burst }) => {
        needsKeys(profile, 'pay');
        needsPaymentAmount(profile);
        needsForgottenRefusals(profile);
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
        const { orderId, userId } = order;
        const idempotencyKey = catalogue.idempotencyKey();
        const sendWrong = () => shopApi.pay(orderId, { userId, amount: 19_999, idempotencyKey });
        const payments = {
          right: () => payOrderUntilSettled(order, idempotencyKey),
          wrong: async () => settled(await sendWrong(), sendWrong),
        };

        const answers = await burst(
          { accounts: [account], products: [product], gate: { order } },
          sequence.map((name) => payments[name]),
        );
        const right = answers[sequence.indexOf('right')];
        expect(right?.outcome, 'what became of the payment that names no amount').toBe('ok');
        for (const wrong of answers.filter((answer) => answer !== right)) {
          expect(wrong).toBeRefusedFor(['invalid-input', 'key-reuse']);
        }
        expect((await shopDatabase.stateOf([account])).balances).toEqual([30_000]);
      },
    );
  }

  test(
    'one key of two users at once makes an order for each',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'createOrder');
      needsKeysOf(profile, 'user');
      const users = [await newAccount({ balance: 50_000 }), await newAccount({ balance: 50_000 })];
      const [one] = users;
      const product = await newProduct({ price: 10_000, stock: 10 });
      const idempotencyKey = catalogue.idempotencyKey();
      const items = [{ productId: product.productId, quantity: 1 }];

      const answers = await burst(
        { accounts: users, products: [product], ...(one && { gate: { user: one } }) },
        users.map(({ userId }) => {
          const send = () => shopApi.createOrder({ userId, items, idempotencyKey });
          return async () => settled(await send(), send);
        }),
      );
      expect(
        answers.map((answer) => contentOf(answer).userId),
        'whose orders are told of, to two who sent the same key',
      ).toEqual(users.map(({ userId }) => userId));
      expect((await shopDatabase.stateOf(users)).orders).toEqual(['pending', 'pending']);
    },
  );

  test(
    'one key of two users at once tops both up',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'chargeBalance');
      needsKeysOf(profile, 'user');
      const users = [await newAccount({ balance: 1_000 }), await newAccount({ balance: 2_000 })];
      const [one] = users;
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };

      const answers = await burst(
        one ? { gate: { balanceOf: one } } : {},
        users.map(({ userId }) => {
          const send = () => shopApi.chargeBalance(userId, charge);
          return async () => settled(await send(), send);
        }),
      );
      expect(
        answers.map((answer) => contentOf(answer).userId),
        'who is told to be topped up, of two who sent the same key',
      ).toEqual(users.map(({ userId }) => userId));
      expect((await shopDatabase.stateOf(users)).balances).toEqual([21_000, 22_000]);
    },
  );

  test(
    'one key with other items at once makes one order, and is refused for the other',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 50_000 });
      const { productId } = await newProduct({ price: 10_000, stock: 10 });
      const idempotencyKey = catalogue.idempotencyKey();

      const answers = await burst(
        { accounts: [account], gate: { user: account } },
        [1, 2].map((quantity) => {
          const items = [{ productId, quantity }];
          const send = () => shopApi.createOrder({ userId: account.userId, items, idempotencyKey });
          return async () => settled(await send(), send);
        }),
      );
      expect(tally(answers)).toEqual({ ok: 1, 'key-reuse': 1 });
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
    },
  );

  test(
    'one key with another amount at once is one top-up, and is refused for the other',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 0 });
      const idempotencyKey = catalogue.idempotencyKey();

      const answers = await burst(
        { gate: { balanceOf: account } },
        [20_000, 30_000].map((amount) => {
          const send = () => shopApi.chargeBalance(account.userId, { amount, idempotencyKey });
          return async () => settled(await send(), send);
        }),
      );
      expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['ok', 'refused']);
      for (const loser of answers.filter(({ outcome }) => outcome === 'refused')) {
        expect(loser).toBeRefusedFor(['key-reuse', 'invalid-charge', 'invalid-input']);
      }
      const added = answers.flatMap(({ answer }) => answer?.chargedAmount ?? []);
      expect((await shopDatabase.stateOf([account])).balances).toEqual(added);
    },
  );
});
