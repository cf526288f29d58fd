import { randomBytes } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';

/**
 * A name that one process holds for as long as it lives: its rows carry the name, and the server frees the lock
 * when the process dies, however it dies. So rows whose lock is free belong to nobody any more.
 */
export interface Lease {
  /** @example 'opl-4f1d2c3b5a' */
  readonly id: string;
  release(): Promise<void>;
}

const lockName = (id: string): string => `order-pay:${id}`;

/** What a lease's name looks like inside another text; the first group is the name. */
export const leasePattern = /\b(opl-[0-9a-f]{10})-/;

/** Takes a new lease on a connection of its own. */
export async function takeLease(pool: Pool): Promise<Lease> {
  const id = `opl-${randomBytes(5).toString('hex')}`;
  const connection = await pool.getConnection();
  await connection.query('SELECT GET_LOCK(?, 0)', [lockName(id)]);
  return {
    id,
    async release() {
      await connection.query('SELECT RELEASE_LOCK(?)', [lockName(id)]);
      connection.release();
    },
  };
}

/** Whether nobody holds a lease any more. */
export async function isAbandoned(pool: Pool, id: string): Promise<boolean> {
  const [rows] = await pool.query<(RowDataPacket & { free: number | null })[]>('SELECT IS_FREE_LOCK(?) AS free', [
    lockName(id),
  ]);
  return rows[0]?.free === 1;
}
