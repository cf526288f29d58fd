import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('client disconnect', { tag: '@idempotency', annotation: promise('lost-answer-charges-once') }, () => {
  test('duplicate payment is answered and charged once when the first client disconnects in flight', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    cuttableShopApi,
    shopDatabase,
    newKey,
    profile,
    burst,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
    const key = newKey();

    const answers = await burst(
      {
        accounts: [account],
        products: [product],
        gate: { balanceOf: account },
        latecomers: 1,
        beforeOpening: cuttableShopApi.cut,
      },
      [() => cuttableShopApi.api.pay(order.orderId, paymentBy(order, key)), () => payOrderUntilSettled(order, key)],
    );
    expect(answers).toBeOnePayment(order);
    expect(answers).toHaveOutcomes({ 'unknown outcome': 1, ok: 1 });
    expect(await payOrder(order, key)).toBePaid(order, { remainingBalance: 70_000 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [70_000], payments: [30_000] });
  });
});
