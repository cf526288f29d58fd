import { needsBalanceTakenAtPayment, needsPaymentAmount, needsUserNamed } from '../../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals, needsKeys, needsKeysOf } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import { absentId } from '../../../../helpers/profile/ids.ts';

test.describe('key reuse', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'pay');
  });

  test(
    'key of a paid order is refused for another order and still replays the original',
    { tag: '@balance', annotation: promise('key-bound-to-request') },
    async ({ newOrder, placeOrder, payOrder, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
      const other = await placeOrder(account, { product });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order);

      expect(await payOrder(other, key)).toBeRefusedFor('key-reuse');
      const state = await shopDatabase.stateOf([account]);
      expect(state).toEqual({ balances: [80_000], stock: [], orders: ['paid', 'pending'], payments: [20_000] });
      expect(await payOrder(order, key)).toReplay(original);
      const absent = { ...order, orderId: absentId(order.orderId) };
      expect(await payOrder(absent, key)).toBeRefusedFor(['unknown-order', 'key-reuse']);
      expect(await payOrder(order, key)).toReplay(original);
      expect(await payOrder(other)).toBePaid(other, { remainingBalance: 60_000 });
    },
  );

  test(
    'payment under a key that another user has used is refused and debits nothing',
    { annotation: promise('key-bound-to-request') },
    async ({ newOrder, payOrder, shopDatabase, newKey, profile }) => {
      needsKeysOf(profile, 'everybody');
      const one = await newOrder({ balance: 50_000, price: 20_000 });
      const other = await newOrder({ balance: 90_000, price: 30_000 });
      const key = newKey();

      const ofOne = await payOrder(one.order, key);
      expect(ofOne).toBePaid(one.order, { remainingBalance: 30_000 });
      expect(await payOrder(other.order, key)).toBeRefusedFor('key-reuse');
      expect(await payOrder(one.order, key)).toReplay(ofOne);
      expect(await shopDatabase.stateOf([one.account, other.account])).toMatchObject({ balances: [30_000, 90_000] });
      expect(await payOrder(other.order)).toBePaid(other.order, { remainingBalance: 60_000 });
    },
  );

  test(
    'payments of 2 users under the same key are both charged and replayed',
    { annotation: promise('key-belongs-to-user-and-call') },
    async ({ newOrder, payOrder, shopDatabase, newKey, profile }) => {
      needsKeysOf(profile, 'user');
      const one = await newOrder({ balance: 50_000, price: 20_000 });
      const other = await newOrder({ balance: 90_000, price: 30_000 });
      const key = newKey();

      const ofOne = await payOrder(one.order, key);
      const ofOther = await payOrder(other.order, key);
      expect(ofOne).toBePaid(one.order, { remainingBalance: 30_000 });
      expect(ofOther).toBePaid(other.order, { remainingBalance: 60_000 });
      expect(await payOrder(one.order, key)).toReplay(ofOne);
      expect(await payOrder(other.order, key)).toReplay(ofOther);
      expect(await shopDatabase.stateOf([one.account, other.account])).toMatchObject({ balances: [30_000, 60_000] });
    },
  );

  for (const [kind, amount] of [
    ['lower', 19_999],
    ['higher', 20_001],
    ['zero', 0],
  ] as const) {
    test(
      `replayed payment with a ${kind} amount is refused and the original stays`,
      { annotation: promise('key-bound-to-request') },
      async ({ newOrder, payOrder, shopDatabase, newKey, profile }) => {
        needsPaymentAmount(profile);
        const { account, order } = await newOrder({ balance: 100_000, price: 20_000 });
        const key = newKey();
        const original = await payOrder(order, key);

        const replay = await payOrder(order, key, { amount });
        expect(replay).toBeRefusedFor(['invalid-input', 'key-reuse']);
        expect(await payOrder(order, key)).toReplay(original);
        expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [80_000] });
      },
    );
  }

  test(
    'key of a payment refused for insufficient balance pays another order',
    { annotation: promise('refused-key-stays-usable') },
    async ({ newProduct, newOrder, placeOrder, payOrder, newKey, profile }) => {
      needsForgottenRefusals(profile);
      const { account, order } = await newOrder({ balance: 10_000, price: 20_000 });
      const affordable = await placeOrder(account, { product: await newProduct({ price: 10_000, stock: 1 }) });
      const key = newKey();
      expect(await payOrder(order, key)).toBeRefusedFor('balance', { required: 20_000, available: 10_000 });

      expect(await payOrder(affordable, key)).toBePaid(affordable, { remainingBalance: 0 });
    },
  );

  test(
    'order, top-up and payment under the same key all succeed and replay',
    { annotation: promise('key-belongs-to-user-and-call') },
    async ({ newBuyer, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'createOrder', 'chargeBalance');
      needsBalanceTakenAtPayment(profile);
      const { account, product } = await newBuyer({ balance: 15_000, price: 15_000, stock: 5 });
      const { userId } = account;
      const idempotencyKey = newKey();

      const ordered = await shopApi.createOrder(orderOf(account, product, { idempotencyKey }));
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      const charged = await shopApi.chargeBalance(userId, topUpOf(20_000, idempotencyKey));
      expect(requireAnswer(charged)).toMatchObject({ userId, balance: 35_000, chargedAmount: 20_000 });
      const order = requireAnswer(ordered);
      const paid = await payOrder(order, idempotencyKey);
      expect(paid).toBePaid(order, { remainingBalance: 20_000 });

      expect(await shopApi.createOrder(orderOf(account, product, { idempotencyKey }))).toReplay(ordered);
      expect(await shopApi.chargeBalance(userId, topUpOf(20_000, idempotencyKey))).toReplay(charged);
      expect(await payOrder(order, idempotencyKey)).toReplay(paid);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [20_000], orders: ['paid'] });
    },
  );

  test(
    'payment replayed by another user is refused and debits nothing',
    { tag: '@balance', annotation: promise('order-belongs-to-its-user') },
    async ({ newAccount, newOrder, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsUserNamed(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const stranger = await newAccount({ balance: 50_000 });
      const key = newKey();
      const original = await payOrder(order, key);

      const tried = await shopApi.pay(order.orderId, paymentBy(stranger, key));
      // Several causes hold: order and key belong to the owner, and the order is paid.
      expect(tried).toBeRefusedFor(['foreign-order', 'key-reuse', 'order-state']);
      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account, stranger])).toMatchObject({ balances: [30_000, 50_000] });
    },
  );
});
