import { needsCarriedKeys, needsKeys, needsUnusedKeyTexts } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { canCarryKey } from '../../../../helpers/profile/key-carriage.ts';
import { lookalikes, withDigits } from '../../../../helpers/seeding/lookalike-keys.ts';
import type { OrderAnswer } from '../../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import type { ShopApi } from '../../../../helpers/api/shop-api.ts';
import type { Account, Product } from '../../../../helpers/database/rows/own-rows.ts';

const sum = (quantities: readonly number[]): number => quantities.reduce((total, quantity) => total + quantity, 0);

/** The keyed calls, each with the state of an account of 100,000 won once all of these quantities were sent. */
const calls = [
  {
    things: 'payments',
    call: 'pay',
    tag: '@balance',
    stateAfter: (quantities: readonly number[]) => ({
      balances: [100_000 - sum(quantities) * 1_000],
      orders: quantities.map(() => 'paid'),
    }),
  },
  {
    things: 'orders',
    call: 'createOrder',
    tag: '@orders',
    stateAfter: (quantities: readonly number[]) => ({ balances: [100_000], orders: quantities.map(() => 'pending') }),
  },
  {
    things: 'top-ups',
    call: 'chargeBalance',
    tag: '@balance',
    stateAfter: (quantities: readonly number[]) => ({
      balances: [100_000 + sum(quantities) * 1_000],
      orders: [],
    }),
  },
] as const;

type PlaceOrder = (quantity: number) => Promise<OrderAnswer>;

/**
 * Returns the keyed calls as functions of key and quantity: a payment under a new key places an order of its own, which
 * the same key pays again.
 */
const buildSenders = (api: ShopApi, account: Account, product: Product, place: PlaceOrder) => {
  const orders = new Map<string, OrderAnswer>();
  return {
    pay: async (idempotencyKey: string, quantity: number): Promise<Exchange> => {
      const placed = orders.get(idempotencyKey) ?? (await place(quantity));
      orders.set(idempotencyKey, placed);
      const { orderId } = placed;
      return api.pay(orderId, paymentBy(account, idempotencyKey));
    },
    createOrder: (idempotencyKey: string, quantity: number): Promise<Exchange> =>
      api.createOrder(orderOf(account, product, { quantity, idempotencyKey })),
    chargeBalance: (idempotencyKey: string, quantity: number): Promise<Exchange> =>
      api.chargeBalance(account.userId, topUpOf(quantity * 1_000, idempotencyKey)),
  };
};

/** Keys that mean something in JavaScript, JSON or SQL, or are as short as a key may be. */
const specialKeys = ['0', 'null', 'undefined', 'false', 'constructor', '__proto__', "a'b", 'k'];

test.describe('lookalike keys', { tag: '@idempotency', annotation: promise('keys-compared-exactly') }, () => {
  for (const { things, call, tag, stateAfter } of calls) {
    test(
      `${things} under lookalike keys are kept apart and replayed`,
      { tag },
      async ({ newBuyer, placeOrder, shopApi, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, call);
        // More than 100 requests, one after the other, take minutes on a slow target.
        test.setTimeout(180_000);
        const { account, product } = await newBuyer({ balance: 100_000, price: 1_000 });
        const place: PlaceOrder = (quantity) => placeOrder(account, { product, quantity });
        const send = buildSenders(shopApi, account, product, place)[call];
        const pairs = lookalikes
          .map(([difference, one, other]) => ({ difference, keys: withDigits([one, other], catalogue) }))
          .filter(({ keys }) => keys.every((key) => canCarryKey(profile, call, key)));

        for (const [nth, { difference, keys }] of pairs.entries()) {
          await test.step(`keys that differ in ${difference}`, async () => {
            const [key, otherKey] = keys;
            const original = await send(key, 1);
            requireAnswer(original);
            const other = await send(otherKey, 2);
            requireAnswer(other);
            expect(await send(key, 1)).toReplay(original);
            expect(await send(otherKey, 2)).toReplay(other);
            const { balances, orders } = await shopDatabase.stateOf([account]);
            expect({ balances, orders }, `keys that differ in ${difference}`).toEqual(
              stateAfter(pairs.slice(0, nth + 1).flatMap(() => [1, 2])),
            );
          });
        }
      },
    );

    test(
      `${things} under keys such as 0, null and __proto__ take effect once each`,
      { tag },
      async ({ newBuyer, placeOrder, shopApi, shopDatabase, profile, settings }) => {
        needsKeys(profile, call);
        needsUnusedKeyTexts(profile, settings);
        needsCarriedKeys(profile, call, specialKeys);
        const { account, product } = await newBuyer({ balance: 100_000, price: 1_000 });
        const place: PlaceOrder = (quantity) => placeOrder(account, { product, quantity });
        const send = buildSenders(shopApi, account, product, place)[call];

        for (const [nth, key] of specialKeys.entries()) {
          await test.step(`the key ${JSON.stringify(key)}`, async () => {
            const original = await send(key, nth + 1);
            requireAnswer(original);
            expect(await send(key, nth + 1)).toReplay(original);
            const { balances, orders } = await shopDatabase.stateOf([account]);
            expect({ balances, orders }, `the key ${JSON.stringify(key)}`).toEqual(
              stateAfter(specialKeys.slice(0, nth + 1).map((_, place) => place + 1)),
            );
          });
        }
      },
    );
  }

  test('payments under keys that differ only after a NUL are both charged or both refused', async ({
    newBuyer,
    placeOrder,
    payOrder,
    shopDatabase,
    newKey,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
    const first = await placeOrder(account, { product });
    const second = await placeOrder(account, { product });
    const start = `${newKey()}\0`;

    const answers = [await payOrder(first, `${start}a`), await payOrder(second, `${start}b`)];
    const outcomes = answers.map(({ outcome }) => outcome);
    const { orders, payments } = await shopDatabase.stateOf([account]);
    expect({ orders, payments }).toEqual(
      outcomes.includes('refused')
        ? { orders: ['pending', 'pending'], payments: [] }
        : { orders: ['paid', 'paid'], payments: [10_000, 10_000] },
    );
  });
});
