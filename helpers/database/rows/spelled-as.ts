import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import type { Tables } from '../../profile/tables.ts';

const flagSchema = z.tuple([z.object({ ignoresCase: z.coerce.boolean() })]);

/**
 * Returns a function that spells the server's name of a table as the profile does, where the server does not tell
 * capital letters from small ones in such names (`lower_case_table_names`); names of other tables stay as they are.
 */
export async function spelledAs({ keys, ...others }: Tables, pool: Pool): Promise<(stored: string) => string> {
  const [rows] = await pool.query<RowDataPacket[]>('SELECT @@lower_case_table_names <> 0 AS ignoresCase');
  const [{ ignoresCase }] = flagSchema.parse(rows);
  if (!ignoresCase) return (stored) => stored;
  const named = new Map(
    [...Object.values(others), ...keys].flatMap((held) =>
      'table' in held ? [[held.table.toLowerCase(), held.table]] : [],
    ),
  );
  return (stored) => named.get(stored.toLowerCase()) ?? stored;
}
