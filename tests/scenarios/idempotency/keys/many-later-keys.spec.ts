import { concurrently } from '../../../../fixtures/races/concurrently.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

const lanes = 4;

/** Sends so many requests, a few at once: the order of keys that come later decides nothing. */
async function sendLater(count: number, send: () => Promise<void>): Promise<void> {
  let left = count;

  await test.step(`${count} later keys`, () =>
    concurrently(lanes, async () => {
      while (left > 0) {
        left -= 1;
        await send().catch((error: unknown) => {
          left = 0;
          throw error;
        });
      }
    }));
}

test.describe('many later keys', { tag: '@idempotency' }, () => {
  test.beforeEach(({ settings: { replayWindow } }) => {
    test.setTimeout(test.info().timeout + replayWindow * 500);
  });

  test(
    'payment replayed after many later payments of its user answers the original',
    { annotation: promise('replay-answers-original', 'replayed-payment-debits-nothing') },
    async ({ newBuyer, placeOrder, payOrderUntilSettled, shopDatabase, newKey, profile, settings }) => {
      needsKeys(profile, 'pay');
      const { replayWindow } = settings;
      const all = replayWindow + 1;
      const { account, product } = await newBuyer({ balance: all * 100, price: 100, stock: all });
      const order = await placeOrder(account, { product });
      const key = newKey();
      const original = await payOrderUntilSettled(order, key);
      expect(original).toBePaid(order, { remainingBalance: replayWindow * 100 });

      await sendLater(replayWindow, async () => {
        const later = await placeOrder(account, { product });
        expect(await payOrderUntilSettled(later)).toBePaid(later);
      });
      expect(await payOrderUntilSettled(order, key)).toReplay(original);
      const { balances, stock, payments } = await shopDatabase.stateOf([account], [product]);
      expect({ balances, stock, payments: payments.length }).toEqual({ balances: [0], stock: [0], payments: all });
    },
  );

  test(
    'order replayed after many later orders of its user answers the original',
    { tag: '@orders', annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
    async ({ newBuyer, shopApi, shopDatabase, newKey, profile, settings }) => {
      needsKeys(profile, 'createOrder');
      const { replayWindow } = settings;
      const all = replayWindow + 1;
      const { account, product } = await newBuyer({ balance: all * 100, price: 100, stock: all });
      const order = () => {
        const request = orderOf(account, product, { idempotencyKey: newKey() });
        return () => untilSettled(() => shopApi.createOrder(request));
      };
      const sendFirst = order();
      const original = await sendFirst();
      const lines = [{ ...product, quantity: 1 }];
      expect(original).toBeOrdered({ userId: account.userId, lines });

      await sendLater(replayWindow, async () => {
        expect(await order()()).toBeOrdered({ userId: account.userId, lines });
      });
      expect(await sendFirst()).toReplay(original);
      expect((await shopDatabase.stateOf([account])).orders).toHaveLength(all);
    },
  );

  test(
    'top-up replayed after many later top-ups of its user answers the original',
    { tag: '@balance', annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile, settings }) => {
      needsKeys(profile, 'chargeBalance');
      const { replayWindow } = settings;
      const { userId } = await newAccount({ balance: 0 });
      const topUp = () => {
        const request = topUpOf(100, newKey());
        return () => untilSettled(() => shopApi.chargeBalance(userId, request));
      };
      const sendFirst = topUp();
      const original = await sendFirst();
      expect(requireAnswer(original).balance).toBe(100);

      await sendLater(replayWindow, async () => {
        expect((await topUp()()).outcome).toBe('ok');
      });
      expect(await sendFirst()).toReplay(original);
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [(replayWindow + 1) * 100] });
    },
  );
});
