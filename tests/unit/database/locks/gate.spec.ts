import { expect, test } from '@playwright/test';
import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { absentId, type Id } from '../../../../helpers/profile/ids.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { Gate } from '../../../../helpers/database/locks/gate.ts';
import { loadSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

const settingsOf = (): DatabaseSettings => {
  const { database } = loadSettings();
  if (!database) throw new Error('These tests need the database of the bundled shop.');
  return database;
};

const withAccount = async (work: (pool: Pool, userId: Id) => Promise<void>): Promise<void> => {
  const shop = await ShopDatabase.connect(settingsOf(), reference);
  const pool = await connectDatabase(settingsOf(), 10);
  const account = await shop.insertAccount({ name: 'Gate', balance: 0 });
  try {
    await work(pool, account.userId);
  } finally {
    await pool.end();
    await shop.removeAccounts([account]);
    await shop.close();
  }
};

const rowOf = (userId: Id) => ({ table: 'user_balance', column: 'user_id', id: userId });

const addOne = (pool: Pool, userId: Id): Promise<unknown> =>
  pool.query('UPDATE user_balance SET balance = balance + 1 WHERE user_id = ?', [userId]);

test.describe('gate', () => {
  test('gate holds 5 writers back, counts them and lets them all through', async () => {
    await withAccount(async (pool, userId) => {
      const gate = await Gate.hold(pool, rowOf(userId));
      let through = 0;
      const writers = Array.from({ length: 5 }, () =>
        addOne(pool, userId).then(() => {
          through += 1;
        }),
      );
      expect(await gate.untilStill(5, () => through === 5)).toBe(5);
      expect(through).toBe(0);
      await gate.open();
      await Promise.all(writers);
      const [rows] = await pool.query<(RowDataPacket & { balance: number })[]>(
        'SELECT balance FROM user_balance WHERE user_id = ?',
        [userId],
      );
      expect(rows[0]?.balance).toBe(5);
    });
  });

  test('wait for a number of waiters ends when they are there, timed out or called off', async () => {
    await withAccount(async (pool, userId) => {
      const gate = await Gate.hold(pool, rowOf(userId));
      const writers = [addOne(pool, userId), addOne(pool, userId)];
      expect(await gate.untilWaiting(2, () => false, 60_000)).toBe(true);
      expect(await gate.untilWaiting(3, () => false, 1)).toBe(false);
      expect(await gate.untilWaiting(3, () => true, 60_000)).toBe(false);
      await gate.open();
      await Promise.all(writers);
    });
  });

  test('plain reads pass a held gate', async () => {
    await withAccount(async (pool, userId) => {
      const gate = await Gate.hold(pool, rowOf(userId));
      const [rows] = await pool.query<RowDataPacket[]>('SELECT balance FROM user_balance WHERE user_id = ?', [userId]);
      expect(rows).toHaveLength(1);
      expect(await gate.untilStill(1, () => true)).toBe(0);
      await gate.open();
    });
  });

  test('gate opened twice holds nothing and can be held again', async () => {
    await withAccount(async (pool, userId) => {
      const gate = await Gate.hold(pool, rowOf(userId));
      await gate.open();
      await gate.open();
      await addOne(pool, userId);
      const again = await Gate.hold(pool, rowOf(userId));
      await again.open();
      expect(await again.untilStill(1, () => true)).toBe(0);
    });
  });

  test('gate on a missing row is refused and keeps no lock', async () => {
    await withAccount(async (pool, userId) => {
      await expect(Gate.hold(pool, rowOf(absentId(userId)))).rejects.toThrow(
        `There is no row of user_balance with user_id ${absentId(userId)} to hold`,
      );
      await addOne(pool, userId);
    });
  });

  test('gate of a user who may not see lock waits stops waiting after a bounded time', async () => {
    await withAccount(async (pool, userId) => {
      const { host, port, name } = settingsOf();
      const user = `gate_${userId}`;
      await pool.query('CREATE USER ?@? IDENTIFIED BY ?', [user, '%', 'Gate-1234']);
      await pool.query('GRANT SELECT, UPDATE ON ??.* TO ?@?', [name, user, '%']);
      const blind = createPool({ host, port, user, password: 'Gate-1234', database: name });
      try {
        const gate = await Gate.hold(blind, rowOf(userId));
        const writer = addOne(pool, userId);
        expect(await gate.untilStill(1, () => false)).toBeUndefined();
        await gate.open();
        await writer;
      } finally {
        await blind.end();
        await pool.query('DROP USER ?@?', [user, '%']);
      }
    });
  });
});
