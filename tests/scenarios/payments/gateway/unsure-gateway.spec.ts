import { needsKeys } from '../../../../fixtures/needs.ts';
import { promise } from '../../../../fixtures/promise.ts';
import { expect, test } from '../../../../fixtures/test.ts';

// What the gateway has charged is compared with the payments when the ledger is closed, as in every test.
test.describe(
  'gateways that leave open what they did',
  { tag: ['@balance', '@stock', '@idempotency'], annotation: promise('gateway-charged-once-per-payment') },
  () => {
    for (const [behaviour, circumstance] of [
      ['timesOut', 'charges and never answers'],
      ['answersLate', 'charges after the target has stopped waiting'],
    ] as const) {
      test(`payment whose gateway ${circumstance} is settled by its retries as one payment or none`, async ({
        gatewayThat,
        newOrder,
        newKey,
        shopDatabase,
        profile,
      }) => {
        const { price, payUntilSettled, untilQuiet } = gatewayThat(behaviour);
        needsKeys(profile, 'pay');
        const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });
        const key = newKey();

        const settled = await payUntilSettled(order, key);
        // A target that cannot find out may take the charge back instead, and say so.
        if (settled.outcome === 'refused') {
          expect(settled).toBeRefusedFor('declined');
          // Whatever the gateway charges later is taken back, too.
          await untilQuiet();
        } else {
          expect(settled).toBePaid(order);
          expect(await payUntilSettled(order, key)).toReplay(settled);
        }
        const paid = settled.outcome === 'ok';
        const state = await shopDatabase.stateOf([account], [product]);
        expect(state).toMatchObject(
          paid
            ? { balances: [100_000 - price], stock: [9], orders: ['paid'], payments: [price] }
            : { balances: [100_000], stock: [10], orders: ['pending'], payments: [] },
        );
      });
    }

    test('payment with another key after the gateway charged and never answered charges nothing again', async ({
      gatewayThat,
      newOrder,
      payOrder,
      shopDatabase,
    }) => {
      const { price, payUntilSettled } = gatewayThat('timesOut');
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });

      const settled = await payUntilSettled(order);
      const again = await payOrder(order);
      if (settled.outcome === 'ok') expect(again).toBeRefusedFor('order-state');
      else expect(again).toBePaid(order);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [100_000 - price], stock: [9], orders: ['paid'], payments: [price] });
    });

    test('payment that the gateway tells twice is one payment, one debit and one charge', async ({
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
