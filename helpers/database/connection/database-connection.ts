import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'mysql2/promise';
import type { DatabaseSettings } from '../../settings/settings.ts';
import { UserError } from '../../text/user-error.ts';
import { codeOf, explainDatabaseError } from './explain-database-error.ts';
import { noteOwnConnection } from '../locks/own-connections.ts';
import { setSessionMode } from './session-mode.ts';
import { tlsOptions } from './tls-options.ts';

/**
 * Opens a small pool for the suite's own reads and writes and checks that it works.
 *
 * Its sessions have a mode and a time zone (UTC) of their own. Uses READ COMMITTED, so that the suite's deletions lock no gap that the target's own transactions need.
 *
 * @throws UserError with the cause and the setting to check; never with the password.
 */
export async function connectDatabase(settings: DatabaseSettings, connectionLimit = 4): Promise<Pool> {
  const { host, port, user, password, name } = settings;
  // Loaded only here: listing the tests needs no client.
  const { createPool } = await import('mysql2/promise');
  const pool = createPool({
    host,
    port,
    user,
    password,
    database: name,
    connectionLimit,
    connectTimeout: 5000,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    ...tlsOptions(settings),
  });
  pool.pool.on('connection', (connection) => {
    noteOwnConnection(pool, connection.threadId);
    connection.query(setSessionMode);
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  });
  try {
    await pool.query('SELECT 1');
    return pool;
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw new UserError(await explainDatabaseError(error, settings));
  }
}

/** Retries a statement when InnoDB chose it as a deadlock's victim or when it waited too long for a lock. */
export async function retryingOnDeadlock<Result>(work: () => Promise<Result>, tries = 5): Promise<Result> {
  return retryingOn(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT'], work, tries);
}

/**
 * Retries the removal of rows for about a second while other rows refer to them: the target may just be writing those
 * in the background.
 */
export async function retryingOnReference<Result>(work: () => Promise<Result>): Promise<Result> {
  return retryingOn(['ER_ROW_IS_REFERENCED_2'], work, 8, firstReferencePauseMs);
}

/** Returns how many rows a change affects; 0 where a check constraint forbids it. */
export async function zeroIfCheckFails(change: Promise<number>): Promise<number> {
  try {
    return await change;
  } catch (error) {
    if (!failedChecks.includes(codeOf(error))) throw error;
    return 0;
  }
}

/** Returns whether the database refused a row for a value that its column or a check constraint does not allow. */
export const isForbiddenValue = (error: unknown): boolean =>
  [...failedChecks, 'ER_WARN_DATA_OUT_OF_RANGE'].includes(codeOf(error));

/**
 * MySQL's error, and the name that the client gives to MariaDB's (4025), since it uses the names of MySQL's numbers.
 */
const failedChecks = ['ER_CHECK_CONSTRAINT_VIOLATED', 'ER_INNODB_AUTOEXTEND_SIZE_OUT_OF_RANGE'];

const firstReferencePauseMs = 10;

async function retryingOn<Result>(
  codes: readonly string[],
  work: () => Promise<Result>,
  tries: number,
  firstPauseMs = 0,
): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === tries || !codes.includes(codeOf(error))) throw error;
    }
    if (firstPauseMs > 0) await delay(firstPauseMs * 2 ** (tried - 1));
  }
}
