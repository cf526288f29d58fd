import { expect, test } from '../../../../fixtures/test.ts';

test.describe('repeated payments', { tag: ['@idempotency', '@balance'] }, () => {
  test('a payment that is sent again after its answer was lost debits once, with keys or without', async ({
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
      const again = await test.step(`${attempt} attempt to find out`, () =>
        payOrderUntilSettled(order, idempotencyKey));

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
