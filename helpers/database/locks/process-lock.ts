import { randomBytes } from 'node:crypto';
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';

/**
 * A lock on the database server that one process holds for as long as it lives, and further locks that it takes: the
 * server frees them all when the process dies, however it dies. So rows that bear the id of a free lock are abandoned.
 */
export interface ProcessLock {
  /** @example 'opl-4f1d2c3b5a' */
  readonly id: string;
  /** Takes a further lock. @returns whether it was free, or became free within the seconds. */
  lock(name: string, seconds?: number): Promise<boolean>;
  unlock(names: readonly string[]): Promise<void>;
  /** Returns those of some locks that this process does not hold: all of them once its connection was lost. */
  lostOf(names: readonly string[]): Promise<string[]>;
  /** Takes the process's own lock again, on a new connection: the server has freed it with the lost one. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** Finds the id of a process lock inside another text; the first group is the id. */
export const processLockPattern = /\b(opl-[0-9a-f]{10})-/;

/** Returns the name of the lock that a process holds for as long as it lives. */
export const processLockName = (id: string): string => `order-pay:${id}`;

type Flag = RowDataPacket & { readonly flag: number | null };

// A proxy or a server that cuts idle connections soon would free the locks in the middle of a long test.
const minIdleSeconds = 3600;

const connect = async (pool: Pool): Promise<PoolConnection> => {
  const connection = await pool.getConnection();
  await connection.query('SET SESSION wait_timeout = CAST(GREATEST(@@wait_timeout, ?) AS UNSIGNED)', [minIdleSeconds]);
  return connection;
};

/** Takes a new process lock on a connection of its own. */
export async function takeProcessLock(pool: Pool): Promise<ProcessLock> {
  const id = `opl-${randomBytes(5).toString('hex')}`;
  let connection = await connect(pool);
  const isTrue = async (statement: string, values: readonly (string | number)[]): Promise<boolean> => {
    const [rows] = await connection.query<Flag[]>(statement, [...values]);
    return rows[0]?.flag === 1;
  };
  const processLock: ProcessLock = {
    id,
    lock: (name, seconds = 0) => isTrue('SELECT GET_LOCK(?, ?) AS flag', [name, seconds]),
    async unlock(names) {
      for (const name of names) await isTrue('SELECT RELEASE_LOCK(?) AS flag', [name]);
    },
    async lostOf(names) {
      const lost: string[] = [];
      for (const name of names) {
        if (!(await isTrue('SELECT IS_USED_LOCK(?) = CONNECTION_ID() AS flag', [name]))) lost.push(name);
      }
      return lost;
    },
    async renew() {
      connection.destroy();
      connection = await connect(pool);
      await processLock.lock(processLockName(id));
    },
    async release() {
      await connection.query('SELECT RELEASE_LOCK(?)', [processLockName(id)]);
      connection.release();
    },
  };
  await processLock.lock(processLockName(id));
  return processLock;
}

/** Returns whether no process holds the lock of this id any more. */
export async function isAbandoned(pool: Pool, id: string): Promise<boolean> {
  const [rows] = await pool.query<Flag[]>('SELECT IS_FREE_LOCK(?) AS flag', [processLockName(id)]);
  return rows[0]?.flag === 1;
}
