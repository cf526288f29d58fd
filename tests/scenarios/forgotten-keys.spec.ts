import { expect, test } from '../../fixtures/test.ts';

test.describe('forgotten keys', { tag: '@idempotency' }, () => {
  test('a key that has expired debits nothing again', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    shopDatabase,
    catalogue,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
    const key = catalogue.idempotencyKey();
    const original = await payOrder(order, key);
    expect(original).toBePaid(order, { remainingBalance: 80_000 });

    const expired = await test.step('the key expires', () => shopDatabase.expireKeys(account));

    test.skip(expired === 0, 'the profile names no table of payment keys with an expiry');

    const again = await payOrderUntilSettled(order, key);
    expect(again).toReplayOrBeRefusedFor(original, 'order-state');
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [80_000],
      stock: [99],
      orders: ['paid'],
      payments: [20_000],
    });
  });

  test('a key whose record was purged debits nothing again', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    shopDatabase,
    catalogue,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
    const key = catalogue.idempotencyKey();
    const original = await payOrder(order, key);
    expect(original).toBePaid(order, { remainingBalance: 80_000 });

    const purged = await test.step('the keys are purged', () => shopDatabase.purgeKeys(account));

    test.skip(purged === 0, 'the profile names no table of payment keys');

    const again = await payOrderUntilSettled(order, key);
    expect(again).toReplayOrBeRefusedFor(original, 'order-state');
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [80_000],
      stock: [99],
      orders: ['paid'],
      payments: [20_000],
    });
  });
});
