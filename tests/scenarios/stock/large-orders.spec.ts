import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import type { OrderAnswer } from '../../../helpers/api/answers/answers.ts';
import { describeAnswer, type Exchange } from '../../../helpers/api/answers/exchange.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';
import type { Product } from '../../../helpers/database/rows/own-rows.ts';

type Line = Product & { readonly quantity: number };

const test = base.extend<{ linesOf: (products: number) => Promise<Line[]> }>({
  linesOf: async ({ holdsAtOnce, newProduct }, use) => {
    await use(async (products) => {
      // Before anything else is made.
      holdsAtOnce({ products });
      const lines = [];
      for (let nth = 1; nth <= products; nth += 1) {
        lines.push({ ...(await newProduct({ price: nth * 1_000, stock: 3 })), quantity: 1 });
      }
      return lines;
    });
  },
});

/** Returns the order that was made; none where it was refused, as orders of so many lines may be. */
function madeOf(ordered: Exchange<OrderAnswer>): OrderAnswer[] {
  expect(ordered.outcome, describeAnswer(ordered)).not.toBe('unknown');
  expect(ordered.response?.status, describeAnswer(ordered)).toBeLessThan(500);
  return ordered.answer ? [ordered.answer] : [];
}

test.describe('large orders', { tag: '@stock', annotation: promise('large-orders-whole') }, () => {
  test('payment of an order of 25 products takes the stock of each', async ({
    linesOf,
    newAccount,
    placeOrder,
    payOrder,
    shopDatabase,
  }) => {
    const products = await linesOf(25);
    const account = await newAccount({ balance: 1_000_000 });
    const order = await placeOrder(account, ...products.map((product) => ({ product })));
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 675_000 });
    expect(await shopDatabase.stateOf([], products)).toMatchObject({ stock: products.map(() => 2) });
  });

  test(
    'order of 25 products answers all its lines and replays',
    { tag: '@idempotency' },
    async ({ linesOf, newAccount, shopApi, newKey, profile }) => {
      needsKeys(profile, 'createOrder');
      const lines = await linesOf(25);
      const account = await newAccount({ balance: 1_000_000 });
      const { userId } = account;
      const request = orderOfLines(account, lines, { idempotencyKey: newKey() });
      const ordered = await shopApi.createOrder(request);
      expect(ordered).toBeOrdered({ userId, lines });
      expect(await shopApi.createOrder(request)).toReplay(ordered);
    },
  );

  test(
    'GET order shows all lines of an order of 25 products',
    { tag: '@contract' },
    async ({ linesOf, newAccount, shopApi }) => {
      const lines = await linesOf(25);
      const account = await newAccount({ balance: 1_000_000 });
      const { userId } = account;
      const { orderId } = requireAnswer(await shopApi.createOrder(orderOfLines(account, lines)));
      expect(await shopApi.getOrder(orderId, account)).toBeOrdered({ userId, lines });
    },
  );

  test(
    'order of 60 products is refused at once, or shown and paid with all of them',
    { tag: '@contract' },
    async ({ linesOf, newAccount, shopApi, payOrder, shopDatabase }) => {
      const lines = await linesOf(60);
      const account = await newAccount({ balance: 2_000_000 });
      const { userId } = account;
      const ordered = await shopApi.createOrder(orderOfLines(account, lines));
      const made = madeOf(ordered);
      for (const order of made) {
        expect(ordered).toBeOrdered({ userId, lines });
        for (const api of [shopApi].filter((one) => one.offers('getOrder'))) {
          expect(await api.getOrder(order.orderId, account)).toBeOrdered({ userId, lines });
        }
        expect(await payOrder(order)).toBePaid(order, { remainingBalance: account.balance - order.totalAmount });
      }
      expect(await shopDatabase.stateOf([], lines)).toMatchObject({ stock: lines.map(() => 3 - made.length) });
    },
  );
});
