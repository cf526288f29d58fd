import { randomBytes } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';

/**
 * A name that one process holds for as long as it lives, and locks that it takes besides: the server frees them all
 * when the process dies, however it dies. So rows whose lock is free belong to nobody any more.
 */
export interface Lease {
  /** @example 'opl-4f1d2c3b5a' */
  readonly id: string;
  /** Takes a lock. @returns whether it was free, or came free within the seconds. */
  lock(name: string, seconds?: number): Promise<boolean>;
  unlock(names: readonly string[]): Promise<void>;
  /** Of some locks those that this lease does not hold: all of them once its connection was lost. */
  lostOf(names: readonly string[]): Promise<string[]>;
  release(): Promise<void>;
}

const lockName = (id: string): string => `order-pay:${id}`;

/** What a lease's name looks like inside another text; the first group is the name. */
export const leasePattern = /\b(opl-[0-9a-f]{10})-/;

/** The lock that is held for as long as a lease is. */
export const lockOfLease = lockName;

type Flag = RowDataPacket & { readonly flag: number | null };

// A proxy or a server that cuts idle connections soon would end a lease in the middle of a long test.
const shortestIdleSeconds = 3600;

/** Takes a new lease on a connection of its own. */
export async function takeLease(pool: Pool): Promise<Lease> {
  const id = `opl-${randomBytes(5).toString('hex')}`;
  const connection = await pool.getConnection();
  const isTrue = async (statement: string, values: readonly (string | number)[]): Promise<boolean> => {
    const [rows] = await connection.query<Flag[]>(statement, [...values]);
    return rows[0]?.flag === 1;
  };
  await connection.query('SET SESSION wait_timeout = CAST(GREATEST(@@wait_timeout, ?) AS UNSIGNED)', [
    shortestIdleSeconds,
  ]);
  const lease: Lease = {
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
    async release() {
      await connection.query('SELECT RELEASE_LOCK(?)', [lockName(id)]);
      connection.release();
    },
  };
  await lease.lock(lockName(id));
  return lease;
}

/** Whether nobody holds a lease any more. */
export async function isAbandoned(pool: Pool, id: string): Promise<boolean> {
  const [rows] = await pool.query<Flag[]>('SELECT IS_FREE_LOCK(?) AS flag', [lockName(id)]);
  return rows[0]?.flag === 1;
}
