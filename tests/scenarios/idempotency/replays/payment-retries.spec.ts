import { expect, test } from '../../../../fixtures/test.ts';

test.describe('payment retries', { tag: ['@idempotency', '@balance'] }, () => {
  test('payment retried after a lost answer is debited once, with keys or without', async ({
    newOrder,
    payOrderUntilSettled,
    shopApiUntil,
    shopDatabase,
    catalogue,
    burst,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
    const { orderId, userId } = order;
    const idempotencyKey = catalogue.idempotencyKey();
    const connection = new AbortController();
    const cutApi = shopApiUntil(connection.signal);

    const [lost] = await burst(
      {
        accounts: [account],
        products: [product],
        gate: { balanceOf: account },
        beforeOpening: () => {
          connection.abort();
        },
      },
      [() => cutApi.pay(orderId, { userId, idempotencyKey })],
    );
    expect(lost?.outcome).toBe('unknown');
    for (const attempt of ['first', 'second']) {
      const again = await test.step(`${attempt} retry`, () => payOrderUntilSettled(order, idempotencyKey));

      expect(again.outcome).not.toBe('unknown');
    }
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [70_000],
      stock: [99],
      orders: ['paid'],
      payments: [30_000],
    });
  });
});
