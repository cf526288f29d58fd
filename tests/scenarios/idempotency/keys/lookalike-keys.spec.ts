import { needsCarriedKeys, needsKeys, needsUnusedKeyTexts } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { canCarryKey } from '../../../../helpers/profile/key-carriage.ts';
import { lookalikes, withDigits } from '../../../../helpers/seeding/lookalike-keys.ts';
import type { OrderAnswer } from '../../../../helpers/api/answers.ts';
import type { Exchange } from '../../../../helpers/api/exchange.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';
import type { ShopApi } from '../../../../helpers/api/shop-api.ts';
import type { Account, Product } from '../../../../helpers/database/shop-database.ts';

const sum = (pieces: readonly number[]): number => pieces.reduce((total, nth) => total + nth, 0);

/** What is sent under a key, and what becomes of an account with 100,000 won by all that was sent, in pieces. */
const calls = [
  {
    things: 'payments',
    call: 'pay',
    tag: '@balance',
    done: (pieces: readonly number[]) => ({
      balances: [100_000 - sum(pieces) * 1_000],
      orders: pieces.map(() => 'paid'),
    }),
  },
  {
    things: 'orders',
    call: 'createOrder',
    tag: '@orders',
    done: (pieces: readonly number[]) => ({ balances: [100_000], orders: pieces.map(() => 'pending') }),
  },
  {
    things: 'top-ups',
    call: 'chargeBalance',
    tag: '@balance',
    done: (pieces: readonly number[]) => ({
      balances: [100_000 + sum(pieces) * 1_000],
      orders: [],
    }),
  },
] as const;

type Order = (pieces: number) => Promise<OrderAnswer>;

/** Sends so many pieces under a key; of payments each pays an order of its own, and the same one again. */
const sending = (api: ShopApi, { userId }: Account, { productId }: Product, order: Order) => {
  const orders = new Map<string, OrderAnswer>();
  return {
    pay: async (idempotencyKey: string, pieces: number): Promise<Exchange> => {
      const placed = orders.get(idempotencyKey) ?? (await order(pieces));
      orders.set(idempotencyKey, placed);
      const { orderId } = placed;
      return api.pay(orderId, { userId, idempotencyKey });
    },
    createOrder: (idempotencyKey: string, quantity: number): Promise<Exchange> =>
      api.createOrder({ userId, items: [{ productId, quantity }], idempotencyKey }),
    chargeBalance: (idempotencyKey: string, pieces: number): Promise<Exchange> =>
      api.chargeBalance(userId, { amount: pieces * 1_000, idempotencyKey }),
  };
};

const tellingTexts = ['0', 'null', 'undefined', 'false', 'constructor', '__proto__', "a'b", 'k'];

test.describe('spellings of keys', { tag: '@idempotency' }, () => {
  for (const { things, call, tag, done } of calls) {
    test(
      `${things} under keys that look alike are kept apart`,
      { tag },
      async ({ newAccount, newProduct, placeOrder, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, call);
        // Over a hundred requests, one after the other: a slow target takes minutes for them.
        test.setTimeout(180_000);
        const account = await newAccount({ balance: 100_000 });
        const product = await newProduct({ price: 1_000, stock: 100 });
        const order: Order = (quantity) => placeOrder(account, { product, quantity });
        const send = sending(shopApi, account, product, order)[call];
        const pairs = lookalikes
          .map(([difference, one, other]) => ({ difference, keys: withDigits([one, other], catalogue) }))
          .filter(({ keys }) => keys.every((key) => canCarryKey(profile, call, key)));

        for (const { difference, keys } of pairs) {
          await test.step(`keys that differ in ${difference}`, async () => {
            const [key, otherKey] = keys;
            const original = await send(key, 1);
            contentOf(original);
            const other = await send(otherKey, 2);
            contentOf(other);
            expect(await send(key, 1)).toReplay(original);
            expect(await send(otherKey, 2)).toReplay(other);
          });
        }
        const { balances, orders } = await shopDatabase.stateOf([account]);
        expect({ balances, orders }).toEqual(done(pairs.flatMap(() => [1, 2])));
      },
    );

    test(
      `${things} under keys that mean something elsewhere are done once each`,
      { tag },
      async ({ newAccount, newProduct, placeOrder, shopApi, shopDatabase, profile, settings }) => {
        needsKeys(profile, call);
        needsUnusedKeyTexts(profile, settings);
        needsCarriedKeys(profile, call, tellingTexts);
        const account = await newAccount({ balance: 100_000 });
        const product = await newProduct({ price: 1_000, stock: 100 });
        const order: Order = (quantity) => placeOrder(account, { product, quantity });
        const send = sending(shopApi, account, product, order)[call];

        for (const [nth, key] of tellingTexts.entries()) {
          await test.step(`the key ${JSON.stringify(key)}`, async () => {
            const original = await send(key, nth + 1);
            contentOf(original);
            expect(await send(key, nth + 1)).toReplay(original);
          });
        }
        const { balances, orders } = await shopDatabase.stateOf([account]);
        expect({ balances, orders }).toEqual(done(tellingTexts.map((_, nth) => nth + 1)));
      },
    );
  }
});
