import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

test.describe('replays at another instance', { tag: '@idempotency' }, () => {
  for (const [call, subject, tag] of [
    ['pay', 'payment', '@balance'],
    ['createOrder', 'order', '@orders'],
    ['chargeBalance', 'top-up', '@balance'],
  ] as const) {
    test(
      `${subject} sent again to another instance is answered with the original`,
      { tag, annotation: promise('replay-answers-original') },
      async ({ instance, newRequest, shopDatabase, newKey, profile }) => {
        needsKeys(profile, call);
        const { account, send, expectSuccess, after } = await newRequest(call);
        const key = newKey();
        const original = await send(key, instance(0));
        expectSuccess(original);

        for (const nth of [1, 0, 1]) expect(await send(key, instance(nth))).toReplay(original);
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      },
    );
  }

  test(
    'key of a payment sent to another instance for another order is refused',
    { tag: '@balance', annotation: promise('key-bound-to-request') },
    async ({ instance, newOrder, placeOrder, payOrder, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
      const other = await placeOrder(account, { product });
      const key = newKey();
      expect(await payOrder(order, key)).toBePaid(order);

      expect(await instance(1).pay(other.orderId, paymentBy(other, key))).toBeRefusedFor('key-reuse');
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [80_000], payments: [20_000] });
    },
  );

  test(
    'key of an order sent to another instance with another quantity is refused',
    { tag: '@orders', annotation: promise('key-bound-to-request') },
    async ({ instance, newBuyer, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'createOrder');
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000 });
      const idempotencyKey = newKey();
      const ordered = await shopApi.createOrder(orderOf(account, product, { idempotencyKey }));
      expect(ordered).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });

      const changed = orderOf(account, product, { quantity: 2, idempotencyKey });
      expect(await instance(1).createOrder(changed)).toBeRefusedFor('key-reuse');
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
    },
  );

  test(
    'key of a top-up sent to another instance with another amount is refused',
    { tag: '@balance', annotation: promise('key-bound-to-request') },
    async ({ instance, newAccount, shopApi, shopDatabase, newKey, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const key = newKey();
      requireAnswer(await shopApi.chargeBalance(account.userId, topUpOf(20_000, key)));

      const changed = await instance(1).chargeBalance(account.userId, topUpOf(30_000, key));
      expect(changed).toBeRefusedFor(['key-reuse', 'invalid-charge', 'invalid-input']);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [25_000] });
    },
  );
});
