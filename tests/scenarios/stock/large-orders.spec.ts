import { needsKeys } from '../../../fixtures/needs.ts';
import { promise } from '../../../fixtures/promise.ts';
import { orderOfLines } from '../../../fixtures/requests.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/require-answer.ts';
import type { Product } from '../../../helpers/database/shop-database.ts';

const test = base.extend<{ twentyFiveLines: () => Promise<(Product & { quantity: number })[]> }>({
  twentyFiveLines: async ({ holdsAtOnce, newProduct }, use) => {
    holdsAtOnce({ products: 25 });
    await use(async () => {
      const lines = [];
      for (let nth = 1; nth <= 25; nth += 1) {
        lines.push({ ...(await newProduct({ price: nth * 1_000, stock: 3 })), quantity: 1 });
      }
      return lines;
    });
  },
});

test.describe('large orders', { tag: '@stock', annotation: promise('every-line-counts') }, () => {
  test('payment of an order of 25 products takes the stock of each', async ({
    twentyFiveLines,
    newAccount,
    placeOrder,
    payOrder,
    shopDatabase,
  }) => {
    const account = await newAccount({ balance: 1_000_000 });
    const products = await twentyFiveLines();
    const order = await placeOrder(account, ...products.map((product) => ({ product })));
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 675_000 });
    expect((await shopDatabase.stateOf([], products)).stock).toEqual(products.map(() => 2));
  });

  test(
    'order of 25 products answers all its lines and replays',
    { tag: '@idempotency' },
    async ({ twentyFiveLines, newAccount, shopApi, newKey, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 1_000_000 });
      const { userId } = account;
      const lines = await twentyFiveLines();
      const request = orderOfLines(account, lines, { idempotencyKey: newKey() });
      const ordered = await shopApi.createOrder(request);
      expect(ordered).toBeOrdered({ userId, lines });
      expect(await shopApi.createOrder(request)).toReplay(ordered);
    },
  );

  test(
    'GET order shows all lines of an order of 25 products',
    { tag: '@contract' },
    async ({ twentyFiveLines, newAccount, shopApi }) => {
      const account = await newAccount({ balance: 1_000_000 });
      const { userId } = account;
      const lines = await twentyFiveLines();
      const { orderId } = requireAnswer(await shopApi.createOrder(orderOfLines(account, lines)));
      expect(await shopApi.getOrder(orderId, account)).toBeOrdered({ userId, lines });
    },
  );
});
