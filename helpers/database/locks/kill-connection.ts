import type { Pool, RowDataPacket } from 'mysql2/promise';
import { codeOf } from '../connection/explain-database-error.ts';
import { isMariaDb } from '../connection/is-maria-db.ts';
import type { LockWaiter } from './lock-waits.ts';
import { MissingRight } from '../structure/missing-right.ts';
import { isOwnConnection } from './own-connections.ts';

type Process = RowDataPacket & { readonly statement: string | null };

/**
 * Ends the connection of somebody who has just been seen to wait for a lock, as a restart of the server or an
 * administrator would: its transaction is rolled back.
 *
 * @returns whether it was still at the statement that waits, and is not one of the suite's own; else it is left alone.
 * @throws MissingRight where the user of the pool may not do that: the connection is another user's.
 */
export async function killConnection(pool: Pool, { connectionId, statement }: LockWaiter): Promise<boolean> {
  if (isOwnConnection(pool, connectionId)) return false;
  const [rows] = await pool.query<Process[]>(
    'SELECT INFO AS statement FROM information_schema.PROCESSLIST WHERE ID = ?',
    [connectionId],
  );
  const now = rows[0]?.statement?.slice(0, comparedLength);
  // InnoDB keeps no more than the start of a statement.
  if (now !== statement.slice(0, comparedLength)) return false;
  try {
    await pool.query('KILL CONNECTION ?', [connectionId]);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ER_NO_SUCH_THREAD') return false;
    if (!denials.includes(codeOf(error))) throw error;
    const privilege = (await isMariaDb(pool)) ? 'CONNECTION ADMIN' : 'CONNECTION_ADMIN';
    throw await MissingRight.of(pool, "end the target's connections", privilege);
  }
}

const comparedLength = 200;

const denials = ['ER_KILL_DENIED_ERROR', 'ER_SPECIFIC_ACCESS_DENIED_ERROR'];
