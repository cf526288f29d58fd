import { z } from 'zod';
import { expect } from '../../fixtures/expect.ts';
import { startShop } from '../../fixtures/reference-shop/start-shop.ts';
import { correctParts } from '../../fixtures/reference-shop/shop-parts.ts';
import { variants } from '../../fixtures/reference-shop/variants/all-variants.ts';
import { connectDatabase } from '../../helpers/database-connection.ts';
import { describeOutcome, type Exchange } from '../../helpers/exchange.ts';
import type { DatabaseSettings } from '../../helpers/settings.ts';
import { contentOf } from '../../helpers/content-of.ts';
import { ShopApi } from '../../helpers/shop-api.ts';
import { loadTarget } from '../../helpers/target-profile/load-target.ts';
import { poolTransport } from '../../helpers/transports/pool-transport.ts';
import { test } from './own-database.ts';

/** One request that waits for a second connection never gets it: nobody gives one back. */
const poolSize = 1;
const longestAnswerMs = 5000;

const firstUserAndProduct = async (database: DatabaseSettings): Promise<{ userId: number; productId: number }> => {
  const pool = await connectDatabase(database, 1);
  try {
    const idOf = async (table: string): Promise<number> => {
      const [rows] = await pool.query('SELECT MIN(id) AS id FROM ??', [table]);
      return z.tuple([z.object({ id: z.number() })]).parse(rows)[0].id;
    };
    return { userId: await idOf('users'), productId: await idOf('products') };
  } finally {
    await pool.end();
  }
};

const everyKindOfRequest = async (api: ShopApi, database: DatabaseSettings): Promise<Exchange[]> => {
  const { userId, productId } = await firstUserAndProduct(database);
  const order = (quantity: number, key?: string): ReturnType<ShopApi['createOrder']> =>
    api.createOrder({
      userId,
      items: [{ productId, quantity }],
      ...(key !== undefined && { idempotencyKey: key }),
    });
  const exchanges: Exchange[] = [await order(1, 'order'), await order(1, 'order'), await order(1_000_000)];
  for (const [quantity, keys] of [
    [1, ['paid', 'paid', 'again']],
    // 30 of what costs 50,000 won are more than the 1,000,000 won of a balance.
    [30, ['too dear', 'too dear']],
  ] as const) {
    const placed = await order(quantity);
    exchanges.push(placed);
    // Some shops refuse the dear one at once.
    if (quantity > 1 && placed.answer === undefined) continue;
    const { orderId } = contentOf(placed);
    const pay = (idempotencyKey: string): ReturnType<ShopApi['pay']> => api.pay(orderId, { userId, idempotencyKey });
    exchanges.push(...(await Promise.all(keys.map(pay))));
    for (const key of keys) exchanges.push(await pay(key));
    if (api.offers('getOrder')) exchanges.push(await api.getOrder(orderId, { userId }));
    if (api.offers('cancelOrder')) exchanges.push(await api.cancelOrder(orderId, { userId }));
  }
  if (api.offers('chargeBalance')) {
    exchanges.push(await api.chargeBalance(userId, { amount: 1000, idempotencyKey: 'charge' }));
  }
  if (api.offers('getBalance')) exchanges.push(await api.getBalance(userId));
  if (api.offers('getProduct')) exchanges.push(await api.getProduct(productId));
  return exchanges;
};

test.describe('no request needs two database connections at once', () => {
  for (const { name, profile = 'reference', apply } of [
    { name: 'the reference shop', apply: (parts: typeof correctParts) => parts },
    ...variants,
  ]) {
    test(name, async ({ database }) => {
      const shop = await startShop({ database, parts: apply(correctParts), poolSize });
      const transport = poolTransport(shop.url, longestAnswerMs, 10);
      try {
        const api = new ShopApi({ profile: await loadTarget(profile), transport });
        const exchanges = await everyKindOfRequest(api, database);
        expect(exchanges.filter(({ response }) => response === undefined).map(describeOutcome)).toEqual([]);
      } finally {
        await transport.close();
        await shop.close();
      }
    });
  }
});
