import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { isMariaDb } from '../connection/is-maria-db.ts';

const statusSchema = z.array(z.object({ Value: z.coerce.number() }));
const edgeSchema = z.object({
  waiting: z.coerce.number(),
  blocking: z.coerce.number(),
  statement: z.string().nullable(),
});

type Edge = z.infer<typeof edgeSchema>;

/** Statements that list which connection waits for which, by id; each server has tables of its own for that. */
const statements = {
  mariadb: `SELECT r.trx_mysql_thread_id AS waiting, b.trx_mysql_thread_id AS blocking,
      r.trx_query AS statement
    FROM information_schema.INNODB_LOCK_WAITS w
    JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id
    JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id`,
  mysql: `SELECT r.PROCESSLIST_ID AS waiting, b.PROCESSLIST_ID AS blocking,
      r.PROCESSLIST_INFO AS statement
    FROM performance_schema.data_lock_waits w
    JOIN performance_schema.threads r ON r.THREAD_ID = w.REQUESTING_THREAD_ID
    JOIN performance_schema.threads b ON b.THREAD_ID = w.BLOCKING_THREAD_ID`,
} as const;

// InnoDB refreshes its table of waits only after 100 ms without any reader.
const restSeconds = 0.11;
const turnLock = 'order-pay:lock-waits';
const maxTurnSeconds = 2;
const maxArrivalMs = 130;
const pollMs = 10;

/**
 * Counts the connections that wait for a lock, directly or behind one another. Counts as soon as the expected number
 * waits anywhere on the server, at the latest after 130 ms.
 *
 * @param isOver tells whether the count is no longer needed: then it is skipped, and other gates can count.
 * @returns the number, or undefined when the count was skipped.
 * @throws Error where the user of the settings may not read lock waits.
 */
type CountWaiters = (expected: number, isOver: () => boolean) => Promise<number | undefined>;

/** A connection that waits for a lock, and the statement that waits, as far as the server tells it. */
export interface LockWaiter {
  readonly connectionId: number;
  readonly statement: string;
}

/** What waits behind one connection's locks. */
export interface LockWaits {
  readonly count: CountWaiters;
  /**
   * Returns the connections that wait for the locks themselves, and not for one another, at this very moment.
   *
   * @returns undefined where that is no longer needed.
   * @throws Error as `count` does.
   */
  readonly waiters: (isOver: () => boolean) => Promise<LockWaiter[] | undefined>;
}

/** Returns what tells who waits behind one connection's locks. */
export async function lockWaitsBehind(pool: Pool, holder: PoolConnection): Promise<LockWaits> {
  const isOfMariaDb = await isMariaDb(pool);
  const read = async (connection: Connection | Pool): Promise<Edge[]> => {
    const [edges] = await connection.query<RowDataPacket[]>(statements[isOfMariaDb ? 'mariadb' : 'mysql']);
    return edges.map((edge) => edgeSchema.parse(edge));
  };
  const edgesNow = async (expected: number, isOver: () => boolean): Promise<Edge[] | undefined> => {
    await untilWaiting(pool, expected, isOver);
    if (isOver()) return undefined;
    return isOfMariaDb ? inTurn(pool, read, isOver) : read(pool);
  };
  return {
    async count(expected, isOver) {
      const edges = await edgesNow(expected, isOver);
      return edges && behind(holder.threadId, edges);
    },
    async waiters(isOver) {
      const edges = await edgesNow(1, isOver);
      const direct = edges?.filter(({ blocking }) => blocking === holder.threadId);
      const byId = new Map(direct?.map(({ waiting, statement }) => [waiting, statement ?? '']));
      return direct && [...byId].map(([connectionId, statement]) => ({ connectionId, statement }));
    },
  };
}

/** Waits until enough connections wait for any lock, a number that the server has at no cost. */
async function untilWaiting(pool: Pool, expected: number, isOver: () => boolean): Promise<void> {
  const end = performance.now() + maxArrivalMs;
  while (performance.now() < end && !isOver()) {
    const [rows] = await pool.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'");
    const [status] = statusSchema.parse(rows);
    if (status && status.Value >= expected) return;
    await delay(pollMs);
  }
}

/** Reads while no other gate does: two that read at their own pace would keep InnoDB from refreshing its table. */
async function inTurn<Result>(
  pool: Pool,
  read: (connection: Connection) => Promise<Result>,
  isOver: () => boolean,
): Promise<Result | undefined> {
  const connection = await pool.getConnection();
  let restsFor = 0;
  try {
    await connection.query('SELECT GET_LOCK(?, ?)', [turnLock, maxTurnSeconds]);
    if (isOver()) return undefined;
    restsFor = restSeconds;
    return await read(connection);
  } finally {
    // The turn outlasts the reading, but the reader need not wait for its end.
    void connection
      .query('SELECT SLEEP(?), RELEASE_LOCK(?)', [restsFor, turnLock])
      .catch(() => undefined)
      .finally(() => {
        connection.release();
      });
  }
}

function behind(holder: number, edges: readonly Edge[]): number {
  const blocked = new Set([holder]);
  for (let before = 0; before !== blocked.size;) {
    before = blocked.size;
    for (const { waiting, blocking } of edges) if (blocked.has(blocking)) blocked.add(waiting);
  }
  return blocked.size - 1;
}
