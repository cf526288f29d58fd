import { needsPaymentAmount } from '../../../fixtures/needs.ts';
import { expect, test } from '../../../fixtures/test.ts';

test.describe('stated payment amounts', { tag: '@balance' }, () => {
  test.beforeEach(({ profile }) => {
    needsPaymentAmount(profile);
  });

  test('stated amount 1 won off a large total is refused, the exact total pays and replays', async ({
    newAccount,
    newProduct,
    placeOrder,
    shopApi,
    shopDatabase,
    catalogue,
  }) => {
    const account = await newAccount({ balance: 9_000_000_000_003 });
    const product = await newProduct({ price: 4_222_222_223, stock: 10 });
    const order = await placeOrder(account, { product, quantity: 3 });
    const { orderId, userId } = order;
    for (const amount of [12_666_666_668, 12_666_666_670]) {
      const idempotencyKey = catalogue.idempotencyKey();
      expect(await shopApi.pay(orderId, { userId, amount, idempotencyKey })).toBeRefusedFor('invalid-input');
    }
    const payment = { userId, amount: 12_666_666_669, idempotencyKey: catalogue.idempotencyKey() };
    const paid = await shopApi.pay(orderId, payment);
    expect(paid).toBePaid(order, { remainingBalance: 8_987_333_333_334 });
    expect(await shopApi.pay(orderId, payment)).toReplay(paid);
    expect((await shopDatabase.stateOf([account])).payments).toEqual([12_666_666_669]);
  });

  test('stated amount of one of 2 lines is refused, their sum pays and replays', async ({
    newAccount,
    newProduct,
    placeOrder,
    shopApi,
    shopDatabase,
    catalogue,
  }) => {
    const account = await newAccount({ balance: 100_000 });
    const chair = await newProduct({ price: 10_000, stock: 10 });
    const lamp = await newProduct({ price: 5_000, stock: 10 });
    const order = await placeOrder(account, { product: chair, quantity: 2 }, { product: lamp });
    const { orderId, userId } = order;
    for (const amount of [20_000, 5_000]) {
      const idempotencyKey = catalogue.idempotencyKey();
      expect(await shopApi.pay(orderId, { userId, amount, idempotencyKey })).toBeRefusedFor('invalid-input');
    }
    const payment = { userId, amount: 25_000, idempotencyKey: catalogue.idempotencyKey() };
    const paid = await shopApi.pay(orderId, payment);
    expect(paid).toBePaid(order, { remainingBalance: 75_000 });
    expect(await shopApi.pay(orderId, payment)).toReplay(paid);
    expect((await shopDatabase.stateOf([account])).payments).toEqual([25_000]);
  });

  test('stated amount at the new price of a product is refused, the order-time total pays and replays', async ({
    newOrder,
    shopApi,
    shopDatabase,
    catalogue,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000, quantity: 2 });
    const { orderId, userId } = order;
    const payAmount = (amount: number, idempotencyKey = catalogue.idempotencyKey()) =>
      shopApi.pay(orderId, { userId, amount, idempotencyKey });

    await test.step('the product now costs 45,000 won', () => shopDatabase.setPrice(product, 45_000));

    expect(await payAmount(90_000)).toBeRefusedFor('invalid-input');
    const key = catalogue.idempotencyKey();
    const paid = await payAmount(20_000, key);
    expect(paid).toBePaid(order, { remainingBalance: 80_000 });
    expect(await payAmount(20_000, key)).toReplay(paid);
    expect((await shopDatabase.stateOf([account])).balances).toEqual([80_000]);
  });
});
