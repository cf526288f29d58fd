import { needsDatabase, needsLaterStates } from '../../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { expect, test as base } from '../../../../fixtures/test.ts';
import type { OrderAnswer } from '../../../../helpers/api/answers/answers.ts';

interface Fixtures {
  /** Does something in each state that a paid order moves on to, and puts the order back: the ledger knows it as paid. */
  inLaterStates: (order: OrderAnswer, act: () => Promise<void>) => Promise<void>;
}

const test = base.extend<Fixtures>({
  inLaterStates: async ({ profile, shopDatabase }, use) => {
    await use(async (order, act) => {
      const { paid, later = [] } = profile.orderStatus;
      try {
        for (const word of later) {
          await shopDatabase.setOrderStatus(order, word);

          await test.step(`the order is ${word}`, act);
        }
      } finally {
        await shopDatabase.setOrderStatus(order, paid);
      }
    });
  },
});

test.describe('orders shipped, delivered or refunded', { tag: ['@idempotency', '@orders'] }, () => {
  test.beforeEach(({ profile, settings }) => {
    needsKeys(profile, 'pay');
    needsLaterStates(profile);
    needsDatabase(settings);
  });

  test(
    'payment replayed after its order was shipped, delivered or refunded answers the original and debits nothing',
    { annotation: promise('replay-answers-original', 'replayed-payment-debits-nothing') },
    async ({ newOrder, payOrder, inLaterStates, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, stock: 10 });
      const key = newKey();
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 30_000 });

      await inLaterStates(order, async () => {
        expect(await payOrder(order, key)).toReplay(original);
      });
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
        ...{ balances: [30_000], stock: [9], payments: [20_000] },
      });
    },
  );

  test(
    'payment of a shipped, delivered or refunded order with a new key is refused and debits nothing',
    { tag: '@balance', annotation: promise('ended-order-stays-ended') },
    async ({ newOrder, payOrder, inLaterStates, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, stock: 10 });
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 30_000 });

      await inLaterStates(order, async () => {
        expect(await payOrder(order)).toBeRefusedFor('order-state');
      });
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
        ...{ balances: [30_000], stock: [9], payments: [20_000] },
      });
    },
  );
});
