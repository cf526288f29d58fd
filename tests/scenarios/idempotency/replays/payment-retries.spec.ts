import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';

test.describe(
  'payment retries',
  { tag: ['@idempotency', '@balance'], annotation: promise('lost-answer-charges-once') },
  () => {
    test('payment retried after a lost answer is debited once, with keys or without', async ({
      newOrder,
      payOrderUntilSettled,
      cuttableShopApi,
      shopDatabase,
      newKey,
      burst,
    }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
      const key = newKey();

      const [lost] = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account }, beforeOpening: cuttableShopApi.cut },
        [() => cuttableShopApi.api.pay(order.orderId, paymentBy(order, key))],
      );
      expect(lost?.outcome).toBe('unknown');
      for (const attempt of ['first', 'second']) {
        const again = await test.step(`${attempt} retry`, () => payOrderUntilSettled(order, key));

        expect(again.outcome).not.toBe('unknown');
      }
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [70_000], stock: [99], orders: ['paid'], payments: [30_000] });
    });
  },
);
