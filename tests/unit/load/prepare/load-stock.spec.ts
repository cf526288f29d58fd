import { randomBytes } from 'node:crypto';
import { expect, test as base } from '@playwright/test';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { schema } from '../../../../fixtures/shops/reference/database/schema.ts';
import { Blocked } from '../../../../helpers/text/blocked.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { capacityOf } from '../../../../helpers/load/plan/capacity.ts';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import {
  idsOfPart,
  orderedProducts,
  removeLoadStock,
  seedLoadStock,
  seededPrices,
  type LoadStock,
} from '../../../../helpers/load/prepare/load-stock.ts';
import { loadSettings, parseSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

const planOf = (environment: Parameters<typeof parseSettings>[0], workers = 1): Promise<LoadPlan> =>
  loadPlan(parseSettings(environment), workers);

const answering = (answer: (userId: number) => Promise<unknown>): ShopApi =>
  new ShopApi({
    profile: reference,
    transport: {
      send: async ({ path }) => ({
        status: 200,
        headers: {},
        body: JSON.stringify(await answer(Number(/\d+/.exec(path)?.[0]))),
      }),
    },
  });

interface Fixtures {
  database: DatabaseSettings;
  /** Plain SQL on a database of the test's own, with the reference shop's tables, all empty. */
  pool: Pool;
  /** Seeds 100 accounts and 10 products into it. */
  seed: (api?: ShopApi) => Promise<LoadStock>;
  shop: ShopDatabase;
  /** Counts the rows of users, balances and products. */
  rows: () => Promise<number[]>;
}

const test = base.extend<Fixtures>({
  database: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database: server } = loadSettings();
    if (!server) throw new Error('These tests need a database: run them with the bundled shop.');
    await use({ ...server, name: `order_pay_self_${randomBytes(5).toString('hex')}` });
  },
  pool: async ({ database }, use) => {
    const server = await connectDatabase(loadSettings().database ?? database, 1);
    await server.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [database.name]);
    const pool = await connectDatabase(database);
    for (const createTable of Object.values(schema)) await pool.query(createTable);
    await use(pool);
    await pool.end();
    await server.query('DROP DATABASE ??', [database.name]);
    await server.end();
  },
  shop: async ({ database, pool }, use) => {
    expect(pool).toBeDefined();
    const shop = await ShopDatabase.connect(database, reference, `${database.host}/${database.name}`);
    await use(shop);
    await shop.close();
  },
  seed: async ({ pool, shop }, use) => {
    const plan = await planOf({ LOAD_ITERATIONS: '1000', LOAD_VUS: '10' });
    const budget = capacityOf(reference, plan, { ms: 1, known: 'given' }, seededPrices(plan));
    const faithful = answering(async (userId) => {
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT balance FROM user_balance WHERE user_id = ?', [userId]);
      return { userId, balance: z.object({ balance: z.coerce.number() }).parse(row).balance };
    });
    await use((api = faithful) => seedLoadStock(shop, api, plan, 0, budget, 1));
  },
  rows: async ({ pool }, use) => {
    await use(() =>
      Promise.all(
        ['users', 'user_balance', 'products'].map(async (table) => {
          const [[row]] = await pool.query<RowDataPacket[]>('SELECT COUNT(*) AS number FROM ??', [table]);
          return z.object({ number: z.coerce.number() }).parse(row).number;
        }),
      ),
    );
  },
});

test.describe('load stock', () => {
  test('seeding inserts its own accounts and products, and removal deletes them all', async ({ seed, shop, rows }) => {
    const stock = await seed();
    expect(await rows()).toEqual([100, 100, 10]);
    await removeLoadStock(shop, stock);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('seeding that fails half-way leaves no rows', async ({ pool, seed, rows }) => {
    await pool.query('ALTER TABLE products ADD CHECK (price <> 50000)');
    await expect(seed()).rejects.toThrow(/constraint/i);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('seeding with a refused balance leaves no user without a balance', async ({ pool, seed, rows }) => {
    await pool.query('ALTER TABLE user_balance ADD CHECK (user_id <> 60)');
    await expect(seed()).rejects.toThrow(/constraint/i);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('seeding behind an API with other balances is blocked and leaves no rows', async ({ seed, rows }) => {
    const other = answering((userId) => Promise.resolve({ userId, balance: 1 }));
    await expect(seed(other)).rejects.toThrow(Blocked);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('range of ids is divided among the parts, each id once', async () => {
    const plan = await planOf({ LOAD_VUS: '100', SEED: 'off', USER_IDS: '11-20', PRODUCT_IDS: '1-3' }, 3);
    const ids = [0, 1, 2].map((part) => idsOfPart(plan, part, plan.userIds));
    expect(ids.flat()).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(ids.map(({ length }) => length)).toEqual([3, 3, 4]);
  });

  test('products at other prices than LOAD_AMOUNTS are left out, and a list without any is refused', async () => {
    const found = [1000, 2000, 1000].map((price, index) => ({ productId: index + 1, price }));
    expect(orderedProducts(reference, await planOf({ SEED: 'off' }), found)).toEqual(found);
    const given = await planOf({ SEED: 'off', LOAD_AMOUNTS: '2000' });
    expect(orderedProducts(reference, given, found)).toEqual([{ productId: 2, price: 2000 }]);
    expect(() => orderedProducts(reference, given, [{ productId: 1, price: 1000 }])).toThrow(
      /costs 2000 won.*\(1000\)/,
    );
    expect(() => orderedProducts(reference, given, [])).toThrow('None of the products 1-10 is there');
  });
});
