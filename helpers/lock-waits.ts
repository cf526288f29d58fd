import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

const edgeSchema = z.object({ waiting: z.coerce.string(), blocking: z.coerce.string() });

/** Who waits for whom, by connection id; both servers say it in tables of their own. */
const statements = {
  mariadb: `SELECT r.trx_mysql_thread_id AS waiting, b.trx_mysql_thread_id AS blocking
    FROM information_schema.INNODB_LOCK_WAITS w
    JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id
    JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id`,
  mysql: `SELECT r.PROCESSLIST_ID AS waiting, b.PROCESSLIST_ID AS blocking
    FROM performance_schema.data_lock_waits w
    JOIN performance_schema.threads r ON r.THREAD_ID = w.REQUESTING_THREAD_ID
    JOIN performance_schema.threads b ON b.THREAD_ID = w.BLOCKING_THREAD_ID`,
} as const;

/** Counts the connections that wait for a lock, directly or behind one another. */
export type CountWaiters = () => Promise<number>;

/**
 * A counter of the connections that wait behind one connection's locks.
 *
 * @returns undefined where the settings' user may not look at lock waits.
 */
export async function lockWaitCounter(pool: Pool, holder: PoolConnection): Promise<CountWaiters | undefined> {
  const [rows] = await pool.query<(RowDataPacket & { version: string })[]>('SELECT VERSION() AS version');
  const statement = statements[rows[0]?.version.includes('MariaDB') ? 'mariadb' : 'mysql'];
  const count: CountWaiters = async () => {
    const [edges] = await pool.query<RowDataPacket[]>(statement);
    return behind(
      String(holder.threadId),
      edges.map((edge) => edgeSchema.parse(edge)),
    );
  };
  try {
    await count();
    return count;
  } catch {
    return undefined;
  }
}

function behind(holder: string, edges: readonly z.infer<typeof edgeSchema>[]): number {
  const blocked = new Set([holder]);
  for (let before = 0; before !== blocked.size;) {
    before = blocked.size;
    for (const { waiting, blocking } of edges) if (blocked.has(blocking)) blocked.add(waiting);
  }
  return blocked.size - 1;
}
