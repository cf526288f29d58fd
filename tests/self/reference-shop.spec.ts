import { z } from 'zod';
import { expect } from '../../fixtures/expect.ts';
import { startShop } from '../../fixtures/reference-shop/start-shop.ts';
import { contentOf } from '../../helpers/content-of.ts';
import { ShopApi } from '../../helpers/shop-api.ts';
import { reference } from '../../helpers/targets/reference.ts';
import { poolTransport } from '../../helpers/transports/pool-transport.ts';
import { test } from './own-database.ts';

const countSchema = z.object({ count: z.number() });

test.describe('reference shop', () => {
  test('200 duplicates at once, with 20 database connections, are one payment and no 5xx', async ({
    database,
    pool,
  }) => {
    const shop = await startShop({ database, poolSize: 20 });
    const transport = poolTransport(shop.url, 30_000, 200);
    try {
      const api = new ShopApi({ profile: reference, transport });
      const items = [{ productId: 1, quantity: 1 }];
      const { orderId } = contentOf(await api.createOrder({ userId: 1, items }));
      const payments = await Promise.all(
        Array.from({ length: 200 }, () => api.pay(orderId, { userId: 1, idempotencyKey: 'once' })),
      );
      const statuses = new Set(payments.map(({ response }) => response?.status));
      expect([...statuses].filter((status) => status !== 200 && status !== 409)).toEqual([]);
      expect(new Set(payments.flatMap(({ answer }) => answer?.paymentId ?? [])).size).toBe(1);
      const [rows] = await pool.query('SELECT COUNT(*) AS count FROM payments');
      expect(z.array(countSchema).parse(rows)).toEqual([{ count: 1 }]);
    } finally {
      await transport.close();
      await shop.close();
    }
  });
});
