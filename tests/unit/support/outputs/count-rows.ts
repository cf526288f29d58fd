import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

const countSchema = z.object({ rows: z.number() });

/** Counts the rows of each of the given tables. */
export const countRows = async (pool: Pool, tables: readonly string[]): Promise<Record<string, number>> => {
  const counts = tables.map(async (table): Promise<[string, number]> => {
    const [[row]] = await pool.query<RowDataPacket[]>('SELECT COUNT(*) AS `rows` FROM ??', [table]);
    return [table, countSchema.parse(row).rows];
  });
  return Object.fromEntries(await Promise.all(counts));
};
