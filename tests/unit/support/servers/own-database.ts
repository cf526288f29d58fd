import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import type { Pool } from 'mysql2/promise';
import { expect } from '../../../../fixtures/expect.ts';
import { schema } from '../../../../fixtures/shops/reference/database/schema.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import type { Id } from '../../../../helpers/profile/ids.ts';
import { loadSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { assertMayWrite } from '../../../../helpers/database/connection/assert-may-write.ts';

interface Fixtures {
  /** An empty database of the test's own; `pool` creates the reference shop's tables in it. */
  database: DatabaseSettings;
  /** A connection pool on that database, after creating its tables. */
  pool: Pool;
  /** Connects to that database, each time with another lease. */
  connect: (profile?: TargetProfile) => Promise<ShopDatabase>;
  shop: ShopDatabase;
}

export const test = base.extend<Fixtures>({
  database: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database: server, allowWritesTo } = loadSettings();
    if (!server) throw new Error('These tests need a database: run them with the bundled shop.');
    assertMayWrite(server, allowWritesTo);
    const name = `order_pay_self_${randomBytes(5).toString('hex')}`;
    const pool = await connectDatabase(server, 1);
    await pool.query('CREATE DATABASE ?? CHARACTER SET utf8mb4', [name]);
    await use({ ...server, name });
    await pool.query('DROP DATABASE ??', [name]);
    await pool.end();
  },
  pool: async ({ database }, use) => {
    const pool = await connectDatabase(database);
    for (const createTable of Object.values(schema)) await pool.query(createTable);
    await use(pool);
    await pool.end();
  },
  connect: async ({ database, pool }, use) => {
    expect(pool).toBeDefined();
    const connected: ShopDatabase[] = [];
    await use(async (profile = reference) => {
      const shop = await ShopDatabase.connect(database, profile, `${database.host}/${database.name}`);
      connected.push(shop);
      return shop;
    });
    // A test may have closed a connection already, or cut it.
    await Promise.allSettled(connected.map((shop) => shop.close()));
  },
  shop: async ({ connect }, use) => {
    await use(await connect());
  },
});

/** Inserts a paid order of one piece, as the shop would. */
export const sell = async (pool: Pool, userId: Id, productId: Id, amount: number): Promise<void> => {
  const orderId = Number(userId) * 1000 + amount;
  await pool.query('INSERT INTO orders VALUES (?, ?, ?, ?, 0, ?, ?, UTC_TIMESTAMP(), UTC_TIMESTAMP())', [
    ...[orderId, `ORD-${orderId}`, userId, amount, amount, 'COMPLETED'],
  ]);
  await pool.query('INSERT INTO order_items VALUES (NULL, ?, ?, 1, ?, ?)', [orderId, productId, amount, amount]);
  await pool.query('INSERT INTO payments VALUES (NULL, ?, ?, ?, UTC_TIMESTAMP())', [orderId, userId, amount]);
  await pool.query(
    `INSERT INTO payment_idempotency VALUES (NULL, ?, 'k', ?, 'h', 'DONE', NULL, UTC_TIMESTAMP(), UTC_TIMESTAMP())`,
    [userId, orderId],
  );
};
