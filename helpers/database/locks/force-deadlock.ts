import type { PoolConnection } from 'mysql2/promise';
import type { Id } from '../../profile/ids.ts';
import { codeOf } from '../connection/explain-database-error.ts';

/** A row that only the suite knows, and a column of it that holds a whole number. */
export interface Ballast {
  readonly table: string;
  readonly column: string;
  readonly id: Id;
  readonly number: string;
}

interface Row {
  readonly table: string;
  readonly column: string;
  readonly id: Id;
}

/** More than a transaction of a shop changes and locks: InnoDB ends the one that has done less. */
const changes = 150;

/** How long it may take until InnoDB finds a deadlock; it does so at once, where it has not been told not to. */
const maxWaitSeconds = 2;

/**
 * Asks for rows that others have locked, from a transaction that they wait for, and which weighs more than theirs: InnoDB
 * ends theirs. The changes that make it heavy must be rolled back.
 *
 * @param over the rows: the first one that somebody has locked decides
 * @returns whether somebody had locked one, and had to let go of it; false where this transaction was ended instead
 */
export async function forceDeadlock(
  connection: PoolConnection,
  over: readonly Row[],
  { table, column, id, number }: Ballast,
): Promise<boolean> {
  try {
    for (let done = 0; done < changes; done += 1) {
      const change = done % 2 === 0 ? '+' : '-';
      await connection.query(`UPDATE ?? SET ?? = ?? ${change} 1 WHERE ?? = ?`, [table, number, number, column, id]);
    }
    await connection.query('SET SESSION innodb_lock_wait_timeout = ?', [maxWaitSeconds]);
    for (const row of over) {
      if (!(await isLockedByOthers(connection, row))) continue;
      await lock(connection, row);
      return true;
    }
    return false;
  } catch (error) {
    if (['ER_LOCK_DEADLOCK', ...lockedCodes].includes(codeOf(error))) return false;
    throw error;
  } finally {
    await connection.query('SET SESSION innodb_lock_wait_timeout = DEFAULT').catch(() => undefined);
  }
}

const lock = (connection: PoolConnection, { table, column, id }: Row, how = ''): Promise<unknown> =>
  connection.query(`SELECT 1 FROM ?? WHERE ?? = ? FOR UPDATE ${how}`, [table, column, id]);

/** Locks a row, unless somebody else has. */
async function isLockedByOthers(connection: PoolConnection, row: Row): Promise<boolean> {
  try {
    await lock(connection, row, 'NOWAIT');
    return false;
  } catch (error) {
    if (lockedCodes.includes(codeOf(error))) return true;
    throw error;
  }
}

/** MySQL has a name of its own for what MariaDB calls a time-out of 0. */
const lockedCodes = ['ER_LOCK_NOWAIT', 'ER_LOCK_WAIT_TIMEOUT'];
