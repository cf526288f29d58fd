import { spawn } from 'node:child_process';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { expect } from '../../../../fixtures/expect.ts';
import { schema } from '../../../../fixtures/shops/reference/database/schema.ts';
import { parseIdList } from '../../../../helpers/settings/id-list.ts';
import { Journals } from '../../../../helpers/seeding/leases/journals.ts';
import { LeasedRows, type LeasedRowsOptions } from '../../../../helpers/seeding/leases/leased-rows.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import type { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import { test as base } from './own-database.ts';

/** A process's connection, the rows that it leases, and its journals. */
export interface Leasing {
  readonly database: ShopDatabase;
  readonly rows: LeasedRows;
  readonly journals: Journals;
}

interface Fixtures {
  /** Users 1-4 with 1,000 won each and an older order, products 1-4 at 100 won with 50 in stock. */
  target: Pool;
  /** Returns the content of all tables in one text. */
  everything: () => Promise<string>;
  journalFolder: string;
  /** Leases as a process of its own would, with separate connections, locks and journal. */
  lease: (options?: Partial<LeasedRowsOptions>) => Promise<Leasing>;
}

const users = parseIdList('1-4');
const products = parseIdList('1-4');

/** Buys as a shop would: order, line, payment, key, and the money and stock. */
export const buy = async (
  pool: Pool,
  orderId: number,
  userId: number,
  productId: number,
  price: number,
): Promise<void> => {
  await pool.query("INSERT INTO orders VALUES (?, ?, ?, ?, 0, ?, 'COMPLETED', UTC_TIMESTAMP(), UTC_TIMESTAMP())", [
    orderId,
    `ORD-${orderId}`,
    userId,
    price,
    price,
  ]);
  await pool.query('INSERT INTO order_items VALUES (NULL, ?, ?, 1, ?, ?)', [orderId, productId, price, price]);
  await pool.query('INSERT INTO payments VALUES (NULL, ?, ?, ?, UTC_TIMESTAMP())', [orderId, userId, price]);
  await pool.query(
    "INSERT INTO payment_idempotency VALUES (NULL, ?, ?, ?, 'h', 'DONE', NULL, UTC_TIMESTAMP(), UTC_TIMESTAMP())",
    [userId, `key-${orderId}`, orderId],
  );
  await pool.query('UPDATE user_balance SET balance = balance - ? WHERE user_id = ?', [price, userId]);
  await pool.query('UPDATE products SET stock = stock - 1 WHERE id = ?', [productId]);
};

export const nothing = { accounts: [], products: [] };
export const patient = { allowForWait: () => () => undefined, onTooFew: () => undefined };
export const wantedAccount = { name: '', balance: 20_000 };
export const wantedProduct = { name: '', price: 7_000, stock: 3 };

export const test = base.extend<Fixtures>({
  target: async ({ pool }, use) => {
    for (const id of [1, 2, 3, 4]) {
      await pool.query('INSERT INTO users VALUES (?, ?, ?)', [id, `User ${id}`, `user${id}@shop.example`]);
      await pool.query('INSERT INTO user_balance (user_id, balance) VALUES (?, 1100)', [id]);
      await pool.query("INSERT INTO products VALUES (?, 'Pen', 100, 51)", [id]);
    }
    for (const id of [1, 2, 3, 4]) await buy(pool, id, id, id, 100);
    await use(pool);
  },
  everything: async ({ target }, use) => {
    await use(async () => {
      const columns: Readonly<Record<string, string>> = { user_balance: 'user_id, balance' };
      const tables = Object.keys(schema).map(async (table) => {
        const [rows] = await target.query<RowDataPacket[]>(`SELECT ${columns[table] ?? '*'} FROM ${table} ORDER BY 1`);
        return [table, ...rows.map((row) => JSON.stringify(row))];
      });
      return (await Promise.all(tables)).flat().join('\n');
    });
  },
  journalFolder: async ({}, use, testInfo) => {
    await use(testInfo.outputPath('journal'));
  },
  lease: async ({ connect, target, journalFolder }, use) => {
    expect(target).toBeDefined();
    await use(async (options) => {
      const database = await connect();
      const settings = { ...(users && { userIds: users }), ...(products && { productIds: products }) };
      const rows = await LeasedRows.on({ ...settings, database, journalFolder, maxWaitMs: 10_000, ...options });
      return { database, rows, journals: await Journals.of(database, journalFolder) };
    });
  },
});

/** Cuts the connections of a process and waits until its locks are free, as after its death. */
export const kill = async ({ database }: Leasing, pool: Pool): Promise<void> => {
  const lock = `order-pay:${database.processLock.id}`;
  const [[row]] = await pool.query<(RowDataPacket & { id: number })[]>('SELECT IS_USED_LOCK(?) AS id', [lock]);
  await pool.query('KILL ?', [row?.id]);
  await expect
    .poll(async () => {
      const [[free]] = await pool.query<(RowDataPacket & { isFree: number })[]>('SELECT IS_FREE_LOCK(?) AS isFree', [
        lock,
      ]);
      return free?.isFree;
    })
    .toBe(1);
};

/** Starts a process that leases a user and a product, prints their ids and then only waits. */
export const startHolder = (database: DatabaseSettings, journalFolder: string) => {
  const script = `
    const { ShopDatabase } = await import('./helpers/database/shop-database.ts');
    const { LeasedRows } = await import('./helpers/seeding/leases/leased-rows.ts');
    const { parseIdList } = await import('./helpers/settings/id-list.ts');
    const { reference } = await import('./helpers/profile/targets/reference.ts');
    const settings = ${JSON.stringify(database)};
    const database = await ShopDatabase.connect(settings, reference, settings.host + '/' + settings.name);
    const rows = await LeasedRows.on({
      database, journalFolder: ${JSON.stringify(journalFolder)},
      userIds: parseIdList('1-4'), productIds: parseIdList('1-4'),
    });
    const { userId } = await rows.newAccount({ name: '', balance: 20_000 });
    const { productId } = await rows.newProduct({ name: '', price: 7_000, stock: 3 });
    await database.addToBalance({ userId }, 500);
    console.log(JSON.stringify([userId, productId]));
    setInterval(() => undefined, 1000);
  `;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};
