import { needsKeys } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import { tally } from '../../helpers/tally.ts';

// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced hang-ups', { tag: '@idempotency' }, () => {
  test('a duplicate whose first sender hangs up is answered all the same', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    shopApiUntil,
    shopDatabase,
    catalogue,
    profile,
    burst,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
    const payment = { userId: account.userId, idempotencyKey: catalogue.idempotencyKey() };
    const connection = new AbortController();
    const cutApi = shopApiUntil(connection.signal);

    const answers = await burst(
      {
        accounts: [account],
        products: [product],
        gate: { balanceOf: account },
        latecomers: 1,
        beforeOpening: () => {
          connection.abort();
        },
      },
      [() => cutApi.pay(order.orderId, payment), () => payOrderUntilSettled(order, payment.idempotencyKey)],
    );
    expect(tally(answers)).toEqual({ 'unknown outcome': 1, ok: 1 });
    const paid = await payOrder(order, payment.idempotencyKey);
    expect(paid).toBePaid(order, { remainingBalance: 70_000 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [70_000], payments: [30_000] });
  });
});
