import type { OrderAnswer, PaymentAnswer } from '../../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';

type Paid = Exchange<PaymentAnswer>;

const expectReplay = (settled: Paid, again: Paid | undefined): void => {
  if (again) expect(again).toReplay(settled);
};

/** Another key pays what is not paid yet, and nothing else. */
const expectPaidOnce = (order: OrderAnswer, settled: Paid, again: Paid): void => {
  if (settled.outcome === 'ok') expect(again).toBeRefusedFor('order-state');
  else expect(again).toBePaid(order);
};

// What the gateway has charged is compared with the payments when the ledger is closed, as in every test.
test.describe(
  'gateways whose outcome is unknown',
  { tag: ['@balance', '@stock', '@idempotency'], annotation: promise('gateway-charged-once-per-payment') },
  () => {
    for (const [behaviour, circumstance] of [
      ['timesOut', 'charges and never answers'],
      ['answersLate', 'charges after the target timed out'],
    ] as const) {
      test(`payment whose gateway ${circumstance} is settled by its retries as one payment or none`, async ({
        gatewayThat,
        newOrder,
        newKey,
        profile,
        expectPaidOrDeclined,
      }) => {
        const { price, payUntilSettled, untilQuiet } = gatewayThat(behaviour);
        needsKeys(profile, 'pay');
        const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });
        const key = newKey();

        const settled = await payUntilSettled(order, key);
        expectReplay(settled, settled.outcome === 'ok' ? await payUntilSettled(order, key) : undefined);
        await expectPaidOrDeclined({ account, product, order }, settled, untilQuiet);
      });
    }

    test('payment with a new key after the gateway charged and never answered charges nothing again', async ({
      gatewayThat,
      newOrder,
      payOrder,
      shopDatabase,
    }) => {
      const { price, payUntilSettled } = gatewayThat('timesOut');
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });

      const settled = await payUntilSettled(order);
      const again = await payOrder(order);
      expectPaidOnce(order, settled, again);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000 - price], stock: [9], orders: ['paid'], payments: [price] });
    });

    test('payment whose gateway answers twice is one payment, one debit and one charge', async ({
      gatewayThat,
      newOrder,
      newKey,
      shopDatabase,
    }) => {
      const { price, payUntilSettled, untilQuiet } = gatewayThat('answersTwice');
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });

      const key = newKey();
      const paid = await payUntilSettled(order, key);
      expect(paid).toBePaid(order);
      await untilQuiet();
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({
        ...{ balances: [100_000 - price], stock: [9], orders: ['paid'], payments: [price] },
      });
    });
  },
);
