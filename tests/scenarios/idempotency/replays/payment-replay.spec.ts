import { concurrently } from '../../../../fixtures/races/concurrently.ts';
import {
  needsCancellation,
  needsFinalPayments,
  needsOptionalAmount,
  needsPaymentAmount,
} from '../../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { reorderJson } from '../../../../helpers/text/reorder-json.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

test.describe('payment replay', { tag: '@idempotency', annotation: promise('replay-answers-original') }, () => {
  test(
    'payment replayed 3 times answers the original and is debited once',
    { tag: '@smoke', annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000, stock: 5 });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 70_000 });

      for (const ordinal of ['first', 'second', 'third']) {
        const replay = await test.step(`${ordinal} replay`, () => payOrder(order, key));

        expect(replay).toReplay(original);
      }
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [70_000], stock: [4], orders: ['paid'], payments: [30_000] });
    },
  );

  test(
    'payment replayed after another payment answers the original balance',
    { annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, placeOrder, payOrder, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000, stock: 10 });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 90_000 });

      const other = await placeOrder(account, { product, quantity: 4 });
      expect(await payOrder(other)).toBePaid(other, { remainingBalance: 50_000 });
      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000] });
    },
  );

  test(
    'replayed payment after a top-up answers the original and debits nothing',
    { annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, topUp, shopDatabase, newKey }) => {
      const { account, order } = await newOrder({ balance: 20_000, price: 20_000, stock: 10 });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 0 });

      await topUp(account, 50_000);
      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000] });
    },
  );

  test(
    'payment replayed after a refused and a successful cancellation answers the original',
    { tag: '@orders', annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, placeOrder, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsCancellation(profile);
      needsFinalPayments(profile);
      const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000 });
      const other = await placeOrder(account, { product });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 40_000 });

      expect(await shopApi.cancelOrder(order.orderId, account)).toBeRefusedFor('order-state');
      expect(await payOrder(order, key)).toReplay(original);
      expect((await shopApi.cancelOrder(other.orderId, account)).outcome).toBe('ok');
      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [40_000], payments: [10_000] });
    },
  );

  test(
    'replayed payment with no balance and no stock left answers the original',
    { annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 50_000, stock: 1 });
      const key = newKey();
      const original = await payOrder(order, key);

      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [0], stock: [0] });
    },
  );

  test(
    'replayed payment of a 2-line order takes no balance and no stock again',
    { tag: '@stock', annotation: promise('replayed-payment-debits-nothing') },
    async ({ newAccount, newProduct, placeOrder, payOrder, shopDatabase, newKey }) => {
      const account = await newAccount({ balance: 100_000 });
      const chair = await newProduct({ price: 10_000, stock: 9 });
      const lamp = await newProduct({ price: 5_000, stock: 9 });
      const order = await placeOrder(account, { product: chair, quantity: 3 }, { product: lamp, quantity: 2 });
      const key = newKey();
      const original = await payOrder(order, key);

      expect(await payOrder(order, key)).toReplay(original);
      expect(await shopDatabase.stateOf([account], [chair, lamp])).toMatchObject({ balances: [60_000], stock: [6, 7] });
    },
  );

  test(
    'payment replayed over new connections answers the original',
    { annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, shopApiOverNewConnections, shopDatabase, newKey }) => {
      const { account, order } = await newOrder({ balance: 40_000, price: 10_000 });
      const key = newKey();
      const original = await payOrder(order, key);

      for (const ordinal of ['first', 'second', 'third']) {
        const replay = await test.step(`${ordinal} replay, over a new connection`, () =>
          shopApiOverNewConnections.pay(order.orderId, paymentBy(order, key)));

        expect(replay).toReplay(original);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000] });
    },
  );

  test(
    '20 concurrent replays of a payment answer the original',
    { annotation: promise('replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, newKey }) => {
      const { account, order } = await newOrder({ balance: 40_000, price: 10_000 });
      const key = newKey();
      const original = await payOrder(order, key);

      // Replays are duplicates of each other, too: a target may ask all but one of them to retry.
      const replays = await concurrently(20, () => payOrderUntilSettled(order, key));
      for (const replay of replays) expect(replay).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000], payments: [10_000] });
    },
  );

  test('replayed payment with the right amount added or left out answers the original', async ({
    newBuyer,
    placeOrder,
    payOrder,
    newKey,
    profile,
  }) => {
    needsPaymentAmount(profile);
    needsOptionalAmount(profile);
    const { account, product } = await newBuyer({ balance: 40_000, price: 10_000, stock: 10 });
    for (const [first, again] of [
      [undefined, 10_000],
      [10_000, undefined],
    ]) {
      const order = await placeOrder(account, { product });
      const key = newKey();
      const original = await payOrder(order, key, { amount: first });
      expect(await payOrder(order, key, { amount: again })).toReplay(original);
    }
  });

  test('replayed payment with reordered and reformatted JSON answers the original', async ({
    newOrder,
    payOrder,
    shopApi,
    newKey,
  }) => {
    const { order } = await newOrder({ balance: 40_000, price: 10_000 });
    const key = newKey();
    const original = await payOrder(order, key);

    const text = reorderJson(original.request.body);
    const { orderId, userId } = order;
    expect(await shopApi.sendText('pay', { orderId, userId }, text, { idempotencyKey: key })).toReplay(original);
  });

  test('replayed payment with another language and user agent answers the original', async ({
    newOrder,
    payOrder,
    shopApi,
    newKey,
  }) => {
    const { order } = await newOrder({ balance: 40_000, price: 10_000 });
    const key = newKey();
    const original = await payOrder(order, key);

    const other = shopApi.with({ headers: { 'accept-language': 'en', 'user-agent': 'another client' } });
    expect(await other.pay(order.orderId, paymentBy(order, key))).toReplay(original);
  });

  test(
    'order, balance and stock look the same after a replayed payment',
    { annotation: promise('refusal-changes-no-view') },
    async ({ newOrder, payOrder, shopApi, pollBalance, pollProduct, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 40_000, price: 10_000, stock: 10, quantity: 2 });
      const key = newKey();
      expect(await payOrder(order, key)).toBePaid(order);
      const look = async () => [
        requireAnswer(await shopApi.getOrder(order.orderId, account)),
        await pollBalance(account, 20_000),
        await pollProduct(product, 8),
      ];
      const before = await look();

      await payOrder(order, key);
      expect(await look()).toEqual(before);
    },
  );

  test(
    'replay header marks a replayed payment and not the original',
    { annotation: promise('replay-is-marked') },
    async ({ newOrder, payOrder, newKey, profile }) => {
      const { header } = profile.policies.replay;
      needsKeys(profile, 'pay');
      notApplicableIf(!header, 'this target does not mark replays');
      const { order } = await newOrder({ balance: 40_000, price: 10_000 });
      const key = newKey();
      const original = await payOrder(order, key);
      const mark = original.response?.headers[header?.name.toLowerCase() ?? ''];
      expect(mark, `${header?.name} of the first answer`).not.toBe(header?.value);
      expect(await payOrder(order, key)).toReplay(original);
    },
  );
});
