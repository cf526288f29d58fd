import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { idSchema, type Id } from '../../profile/ids.ts';
import { isAbandoned, processLockPattern } from '../locks/process-lock.ts';

const labelledSchema = z.object({ id: idSchema, label: z.string() });

/**
 * Returns the ids of rows whose label holds the id of a process lock that no process holds any more.
 *
 * @param label column of the label; a table without one has no such rows.
 * @param pattern `LIKE` pattern of the labels that the suite writes.
 */
export async function abandonedIds(
  pool: Pool,
  table: string,
  id: string,
  label: string | undefined,
  pattern: string,
): Promise<Id[]> {
  if (label === undefined) return [];
  const [rows] = await pool.query<RowDataPacket[]>('SELECT ?? AS id, ?? AS label FROM ?? WHERE ?? LIKE ?', [
    id,
    label,
    table,
    label,
    pattern,
  ]);
  const labelled = rows.map((row) => labelledSchema.parse(row));
  const locks = new Map<string, boolean>();
  const abandoned: Id[] = [];
  for (const row of labelled) {
    const lock = processLockPattern.exec(row.label)?.[1];
    if (lock === undefined) continue;
    const free = locks.get(lock) ?? (await isAbandoned(pool, lock));
    locks.set(lock, free);
    if (free) abandoned.push(row.id);
  }
  return abandoned;
}
