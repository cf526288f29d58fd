import { randomBytes } from 'node:crypto';
import { expect, test as base } from '@playwright/test';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { schema } from '../../../../fixtures/shops/reference/schema.ts';
import { Blocked } from '../../../../helpers/text/blocked.ts';
import { connectDatabase } from '../../../../helpers/database/database-connection.ts';
import { capacityOf } from '../../../../helpers/load/plan/capacity.ts';
import { loadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import {
  removeLoadStock,
  seedLoadStock,
  seededPrices,
  type LoadStock,
} from '../../../../helpers/load/prepare/load-stock.ts';
import { loadSettings, parseSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

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
  /** Rows of users, balances and products. */
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
    const plan = await loadPlan(parseSettings({ LOAD_ITERATIONS: '1000', LOAD_VUS: '10' }), 1);
    const budget = capacityOf(plan, { ms: 1, known: 'given' }, seededPrices(plan));
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

test.describe('load seeding', () => {
  test('inserts accounts and products of its own, and removes them again', async ({ seed, shop, rows }) => {
    const stock = await seed();
    expect(await rows()).toEqual([100, 100, 10]);
    await removeLoadStock(shop, stock);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('leaves nothing when it fails half-way', async ({ pool, seed, rows }) => {
    await pool.query('ALTER TABLE products ADD CHECK (price <> 50000)');
    await expect(seed()).rejects.toThrow(/constraint/i);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('leaves no user either whose balance was refused', async ({ pool, seed, rows }) => {
    await pool.query('ALTER TABLE user_balance ADD CHECK (user_id <> 60)');
    await expect(seed()).rejects.toThrow(/constraint/i);
    expect(await rows()).toEqual([0, 0, 0]);
  });

  test('leaves nothing when the API knows other balances', async ({ seed, rows }) => {
    const other = answering((userId) => Promise.resolve({ userId, balance: 1 }));
    await expect(seed(other)).rejects.toThrow(Blocked);
    expect(await rows()).toEqual([0, 0, 0]);
  });
});
