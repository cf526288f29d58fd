import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { expect } from '../../../../fixtures/expect.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { Gate } from '../../../../helpers/database/locks/gate.ts';
import type { LockWaiter } from '../../../../helpers/database/locks/lock-waits.ts';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { withUserOf } from '../../support/servers/database-user.ts';
import { test as base } from '../../support/servers/own-database.ts';

interface Fixtures {
  /** Connections of somebody else, as a target has them. */
  target: Pool;
  userId: number;
  productId: number;
}

const test = base.extend<Fixtures>({
  target: async ({ database: { host, port, user, password, name } }, use) => {
    const target = createPool({ host, port, user, password, database: name, connectionLimit: 4 });
    await use(target);
    await target.end();
  },
  userId: async ({ shop }, use) => {
    const { userId } = await shop.insertAccount({ name: 'Ended', balance: 100 });
    await use(Number(userId));
  },
  productId: async ({ shop }, use) => {
    const { productId } = await shop.insertProduct({ name: 'Ballast', price: 10, stock: 5 });
    await use(Number(productId));
  },
});

const balanceOf = (id: number) => ({ table: 'user_balance', column: 'user_id', id });

const addOne = (pool: Pick<Pool, 'query'>, id: number): Promise<string> =>
  pool.query('UPDATE user_balance SET balance = balance + 1 WHERE user_id = ?', [id]).then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'failed'),
  );

const numberIn = async (pool: Pool, column: string, table: string): Promise<unknown> => {
  const [rows] = await pool.query<RowDataPacket[]>('SELECT ?? AS number FROM ??', [column, table]);
  return rows[0]?.number;
};

const anybody = (): boolean => true;

const waiterOf = async (gate: Gate): Promise<LockWaiter> => {
  const [waiter] = await gate.untilWaited(() => false, anybody);
  if (!waiter) throw new Error('Nobody was seen to wait');
  return waiter;
};

const heldAs = async (database: DatabaseSettings, work: (pool: Pool) => Promise<void>): Promise<void> => {
  const pool = await connectDatabase(database);
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
};

test.describe('transactions that wait for a held row', () => {
  test('are ended with their connection, and nothing of them stays', async ({ pool, target, userId }) => {
    const gate = await Gate.hold(pool, balanceOf(userId));
    const waiting = addOne(target, userId);
    const waiter = await waiterOf(gate);
    expect(waiter.statement).toContain('UPDATE user_balance');
    expect(await gate.end(waiter)).toBe(true);
    expect(await waiting).not.toBe('done');
    expect(await gate.end(waiter)).toBe(false);
    await gate.open();
    expect(await numberIn(pool, 'balance', 'user_balance')).toBe(100);
    expect(await addOne(target, userId)).toBe('done');
  });

  test("are left alone where they are the suite's own, or do something else by now", async ({
    pool,
    target,
    userId,
  }) => {
    const gate = await Gate.hold(pool, balanceOf(userId));
    const own = addOne(pool, userId);
    const waiter = await waiterOf(gate);
    expect(await gate.end(waiter)).toBe(false);
    await gate.open();
    expect(await own).toBe('done');

    const others = await target.getConnection();
    expect(await gate.end({ connectionId: others.threadId, statement: waiter.statement })).toBe(false);
    await others.query('SELECT 1');
    others.release();
  });

  test('are not waited for where nobody is meant or can come', async ({ pool, target, userId }) => {
    const gate = await Gate.hold(pool, balanceOf(userId));
    expect(await gate.untilWaited(() => true, anybody)).toEqual([]);
    const waiting = addOne(target, userId);
    let looks = 0;
    const isNobody = (): boolean => {
      looks += 1;
      return false;
    };
    expect(await gate.untilWaited(() => looks > 0, isNobody)).toEqual([]);
    await gate.open();
    expect(await waiting).toBe('done');
  });

  test('lose a deadlock, and what made this one heavier is rolled back', async ({
    pool,
    target,
    userId,
    productId,
  }) => {
    const gate = await Gate.hold(pool, balanceOf(userId));
    const other = await target.getConnection();
    await other.beginTransaction();
    await other.query('UPDATE users SET name = ? WHERE id = ?', ['Changed', userId]);
    const waiting = addOne(other, userId);
    expect(await gate.untilWaited(() => false, anybody)).toHaveLength(1);
    const ballast = { table: 'products', column: 'id', id: productId, number: 'stock' };
    const user = { table: 'users', column: 'id', id: userId };
    expect(await gate.forceDeadlock([{ table: 'products', column: 'id', id: productId }, user], ballast)).toBe(true);
    expect(await waiting).toBe('ER_LOCK_DEADLOCK');
    await gate.open();
    other.release();
    expect(await numberIn(pool, 'name', 'users')).toBe('Ended');
    expect(await numberIn(pool, 'stock', 'products')).toBe(5);
    expect(await numberIn(pool, 'balance', 'user_balance')).toBe(100);
  });

  test('lose no deadlock where they have locked nothing else', async ({ pool, target, userId, productId }) => {
    const gate = await Gate.hold(pool, balanceOf(userId));
    const waiting = addOne(target, userId);
    expect(await gate.untilWaited(() => false, anybody)).toHaveLength(1);
    const ballast = { table: 'products', column: 'id', id: productId, number: 'stock' };
    expect(await gate.forceDeadlock([{ table: 'users', column: 'id', id: userId }], ballast)).toBe(false);
    await gate.open();
    expect(await waiting).toBe('done');
  });

  test('cannot be seen or ended without the rights, which are named', async ({ database, pool, target, userId }) => {
    await withUserOf(database, 'Rights-1234', ['SELECT, INSERT, UPDATE, DELETE ON *'], async (user) => {
      await heldAs(user, async (lacking) => {
        const gate = await Gate.hold(lacking, balanceOf(userId));
        const waiting = addOne(target, userId);
        await expect(gate.untilWaited(() => false, anybody)).rejects.toThrow(
          /may not see who waits for a lock\. Let an administrator say: GRANT (?:PROCESS ON \*|SELECT ON performance_schema)\.\* TO 'rows_/,
        );
        for (const right of ['PROCESS ON *.*', 'SELECT ON performance_schema.*']) {
          await pool.query(`GRANT ${right} TO ?@?`, [user.user, '%']);
        }
        await heldAs(user, async (seeing) => {
          const other = await Gate.hold(seeing, { table: 'users', column: 'id', id: userId });
          const locking = target.query('SELECT 1 FROM users WHERE id = ? FOR UPDATE', [userId]);
          const waiter = await waiterOf(other);
          await expect(other.end(waiter)).rejects.toThrow(
            /may not end the target's connections\. Let an administrator say: GRANT CONNECTION[ _]ADMIN ON \*\.\* TO 'rows_/,
          );
          await other.open();
          await locking;
        });
        await gate.open();
        expect(await waiting).toBe('done');
      });
    });
  });
});
