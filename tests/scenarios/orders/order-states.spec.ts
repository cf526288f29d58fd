import { needsCancellation, needsKeys, needsNoLogIn, needsUserInBody } from '../../../fixtures/needs.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import { settled } from '../../../helpers/api/settled.ts';

test.describe('order states', { tag: '@orders' }, () => {
  test('a paid order is not paid again with another key', async ({
    newOrder,
    payOrder,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
    const key = catalogue.idempotencyKey();
    const original = await payOrder(order, key);
    expect(original).toBePaid(order);

    expect(await payOrder(order)).toBeRefusedFor('order-state');
    expect(await payOrder(order, key)).toReplay(original);
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [80_000],
      stock: [9],
      orders: ['paid'],
      payments: [20_000],
    });
  });

  test('a cancelled order is not paid', { tag: '@balance' }, async ({ newOrder, payOrder, shopApi, shopDatabase }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
    const { userId } = account;
    const cancelled = await shopApi.cancelOrder(order.orderId, { userId });
    expect(cancelled).toBeOrdered({ userId, status: 'cancelled', lines: [{ ...product, quantity: 1 }] });

    expect(await payOrder(order)).toBeRefusedFor('order-state');
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [100_000],
      stock: [10],
      orders: ['cancelled'],
      payments: [],
    });
  });

  test('a cancelled order is shown as cancelled', async ({ newOrder, shopApi }) => {
    const { account, product, order } = await newOrder({ price: 20_000 });
    const { userId } = account;
    await shopApi.cancelOrder(order.orderId, { userId });
    expect(await shopApi.getOrder(order.orderId, { userId })).toBeOrdered({
      userId,
      status: 'cancelled',
      lines: [{ ...product, quantity: 1 }],
    });
  });

  test('a paid order is not cancelled', async ({ newOrder, payOrder, shopApi, shopDatabase }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
    expect(await payOrder(order)).toBePaid(order);

    expect(await shopApi.cancelOrder(order.orderId, { userId: account.userId })).toBeRefusedFor('order-state');
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [80_000],
      stock: [9],
      orders: ['paid'],
      payments: [20_000],
    });
  });

  test('an order is cancelled once, and its stock is there once', async ({ newOrder, shopApi, shopDatabase }) => {
    const { account, product, order } = await newOrder({ price: 20_000, stock: 10, quantity: 4 });
    const { userId } = account;
    expect(await shopApi.cancelOrder(order.orderId, { userId })).toBeOrdered({
      userId,
      status: 'cancelled',
      lines: [{ ...product, quantity: 4 }],
    });
    expect(await shopApi.cancelOrder(order.orderId, { userId })).toBeRefusedFor('order-state');
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [1_000_000], stock: [10] });
  });

  test('a payment refused for its balance leaves an order that can be cancelled', async ({
    newOrder,
    payOrder,
    shopApi,
  }) => {
    const { account, product, order } = await newOrder({ balance: 0, price: 20_000 });
    expect(await payOrder(order)).toBeRefusedFor('balance');
    const { userId } = account;
    expect(await shopApi.cancelOrder(order.orderId, { userId })).toBeOrdered({
      userId,
      status: 'cancelled',
      lines: [{ ...product, quantity: 1 }],
    });
  });

  test(
    'somebody else’s order is not paid, and neither wallet moves',
    { tag: '@balance' },
    async ({ newAccount, newOrder, payOrder, shopApi, shopDatabase, catalogue }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
      const stranger = await newAccount({ balance: 100_000 });
      const tried = await shopApi.pay(order.orderId, {
        userId: stranger.userId,
        idempotencyKey: catalogue.idempotencyKey(),
      });
      expect(tried).toBeRefusedFor('foreign-order');
      expect(await shopDatabase.stateOf([account, stranger], [product])).toEqual({
        balances: [100_000, 100_000],
        stock: [expectedStock(10, { pending: 1 })],
        orders: ['pending'],
        payments: [],
      });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 80_000 });
    },
  );

  test('somebody else’s order is not cancelled', async ({ newAccount, newOrder, payOrder, shopApi }) => {
    const { order } = await newOrder({ price: 20_000 });
    const stranger = await newAccount({ balance: 0 });
    expect(await shopApi.cancelOrder(order.orderId, { userId: stranger.userId })).toBeRefusedFor('foreign-order');
    expect(await payOrder(order)).toBePaid(order);
  });

  test('a user that does not exist cancels nobody’s order', async ({ newOrder, shopApi, shopDatabase, profile }) => {
    needsNoLogIn(profile);
    needsUserInBody(profile, 'cancelOrder');
    const { account, order } = await newOrder({ price: 20_000 });
    const refused = await shopApi.cancelOrder(order.orderId, { userId: absentId(account.userId) });
    expect(refused).toBeRefusedFor(['foreign-order', 'unknown-user']);
    expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
  });

  test('an order that does not exist is not paid', async ({ newOrder, shopApi, shopDatabase, catalogue }) => {
    const { account, order } = await newOrder({ balance: 100_000, price: 20_000 });
    const payment = { userId: account.userId, idempotencyKey: catalogue.idempotencyKey() };
    expect(await shopApi.pay(absentId(order.orderId), payment)).toBeRefusedFor('unknown-order');
    expect((await shopDatabase.stateOf([account])).balances).toEqual([100_000]);
  });

  test('an order that does not exist is not found', async ({ newOrder, shopApi }) => {
    const { account, order } = await newOrder({ price: 20_000 });
    expect(await shopApi.getOrder(absentId(order.orderId), account)).toBeRefusedFor('unknown-order');
  });

  test('an order that does not exist is not cancelled', async ({ newOrder, shopApi }) => {
    const { account, order } = await newOrder({ price: 20_000 });
    expect(await shopApi.cancelOrder(absentId(order.orderId), account)).toBeRefusedFor('unknown-order');
  });

  test('cancelled and paid at once, an order is one of the two', async ({
    newOrder,
    payOrderUntilSettled,
    shopApi,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsCancellation(profile);
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, stock: 10 });
    const { userId } = account;
    const { orderId } = order;
    const key = catalogue.idempotencyKey();
    const [paid, cancelled] = await Promise.all([
      payOrderUntilSettled(order, key),
      shopApi
        .cancelOrder(orderId, { userId })
        .then((first) => settled(first, () => shopApi.cancelOrder(orderId, { userId }))),
    ]);
    const [loser] = [paid, cancelled].filter(({ outcome }) => outcome === 'refused');
    expect([paid.outcome, cancelled.outcome].toSorted()).toEqual(['ok', 'refused']);
    expect(loser?.refusal?.reason).toBe('order-state');
    expect(await shopDatabase.stateOf([account], [product])).toEqual(
      paid.outcome === 'ok'
        ? { balances: [80_000], stock: [9], orders: ['paid'], payments: [20_000] }
        : { balances: [100_000], stock: [10], orders: ['cancelled'], payments: [] },
    );
  });
});
