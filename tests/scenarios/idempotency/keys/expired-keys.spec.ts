import { needsKeys } from '../../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../../fixtures/not-applicable.ts';
import { expect, test as base } from '../../../../fixtures/test.ts';
import type { OrderAnswer, PaymentAnswer } from '../../../../helpers/api/answers.ts';
import type { Exchange } from '../../../../helpers/api/exchange.ts';
import { keyedThings } from '../../../../helpers/profile/keyed-things.ts';
import { settled } from '../../../../helpers/api/settled.ts';
import type { Account } from '../../../../helpers/database/shop-database.ts';
import type { KeyedCall } from '../../../../helpers/profile/tables.ts';

type Judge = (again: Exchange<PaymentAnswer>, original: Exchange<PaymentAnswer>) => void;

/** Either the answer is still known, or the order's own state stands in for it. */
const paysNothing: Judge = (again, original) => {
  expect(again).toReplayOrBeRefusedFor(original, 'order-state');
};

const replays: Judge = (again, original) => {
  expect(again).toReplay(original);
};

const waysToForget = [
  ['has expired debits nothing again', 'expireKeys', paysNothing],
  ['was purged debits nothing again', 'purgeKeys', paysNothing],
  ['is a minute old still answers the original', 'ageKeys', replays],
] as const;

/** A key that has been forgotten may be a new one; one that is known belongs to its own order. */
function expectPaidOrKnown(answer: Exchange<PaymentAnswer>, order: OrderAnswer): void {
  if (answer.outcome === 'ok') expect(answer).toBePaid(order, { remainingBalance: 40_000 });
  else expect(answer).toBeRefusedFor('key-reuse');
}

interface Fixtures {
  /** Sends something under a new key of an account, and lets that key grow old or go. */
  forgetting: <Answer>(
    { account, call, forget }: { account: Account; call: KeyedCall; forget: 'expireKeys' | 'purgeKeys' | 'ageKeys' },
    send: () => Promise<Exchange<Answer>>,
  ) => Promise<Exchange<Answer>>;
}

const test = base.extend<Fixtures>({
  forgetting: async ({ shopDatabase }, use) => {
    await use(async ({ account, call, forget }, send) => {
      const keys = `keys of ${keyedThings[call]}`;
      const before = await shopDatabase.keyRows(account, call);
      const original = await send();
      expect(original.outcome, 'what became of the first request under its key').toBe('ok');

      const after = await shopDatabase.keyRows(account, call);
      const grown = after.filter(({ rows }, nth) => rows > (before[nth]?.rows ?? 0)).map(({ table }) => table);
      const promised = after.filter(({ optional }) => !optional).map(({ table }) => table);
      notApplicableIf([...grown, ...promised].length === 0, `the profile names no table of ${keys}`);
      expect(
        grown.length,
        `user ${account.userId} has no new row in ${promised.join(' or ')}, where the profile says that ${keys} ` +
          `are kept, after the request under the key ${JSON.stringify(original.idempotencyKey)}: tables with a new row`,
      ).toBeGreaterThan(0);

      const forgotten = await test.step('the key grows old or goes', () => shopDatabase[forget](account, call));

      notApplicableIf(forgotten === 0, `the profile names no table of ${keys} that can grow old, expire or go`);
      return original;
    });
  },
});

test.describe('forgotten keys', { tag: '@idempotency' }, () => {
  for (const [what, forget, judge] of waysToForget) {
    test(`a key that ${what}`, async ({
      newOrder,
      payOrder,
      payOrderUntilSettled,
      forgetting,
      shopDatabase,
      catalogue,
      profile,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
      const key = catalogue.idempotencyKey();
      const original = await forgetting({ account, call: 'pay', forget }, () => payOrder(order, key));
      expect(original).toBePaid(order, { remainingBalance: 80_000 });

      judge(await payOrderUntilSettled(order, key), original);
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [80_000],
        stock: [99],
        orders: ['paid'],
        payments: [20_000],
      });
    });
  }

  test('a key that has expired pays another order, or is refused as used', async ({
    newOrder,
    placeOrder,
    payOrder,
    payOrderUntilSettled,
    forgetting,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000 });
    const other = await placeOrder(account, { product, quantity: 2 });
    const key = catalogue.idempotencyKey();
    await forgetting({ account, call: 'pay', forget: 'expireKeys' }, () => payOrder(order, key));

    const answer = await payOrderUntilSettled(other, key);
    expectPaidOrKnown(answer, other);
    const { orders, payments } = await shopDatabase.stateOf([account]);
    expect({ orders, payments }).toEqual(
      answer.outcome === 'ok'
        ? { orders: ['paid', 'paid'], payments: [20_000, 40_000] }
        : { orders: ['paid', 'pending'], payments: [20_000] },
    );
  });

  test(
    'the key of an order that is a minute old still answers the original',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, forgetting, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 100_000 });
      const { productId } = await newProduct({ price: 10_000, stock: 10 });
      const items = [{ productId, quantity: 2 }];
      const request = { userId: account.userId, items, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.createOrder(request);
      const original = await forgetting({ account, call: 'createOrder', forget: 'ageKeys' }, send);
      expect(await settled(await send(), send)).toReplay(original);
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
    },
  );

  test(
    'the key of a top-up that is a minute old still answers the original',
    { tag: '@balance' },
    async ({ newAccount, shopApi, forgetting, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.chargeBalance(account.userId, charge);
      const original = await forgetting({ account, call: 'chargeBalance', forget: 'ageKeys' }, send);
      expect(await settled(await send(), send)).toReplay(original);
      expect((await shopDatabase.stateOf([account])).balances).toEqual([25_000]);
    },
  );
});
