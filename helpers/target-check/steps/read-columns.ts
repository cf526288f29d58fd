import type { RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase } from '../../database/connection/database-connection.ts';
import { spelledAs } from '../../database/rows/spelled-as.ts';
import type { Tables } from '../../profile/tables.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';

/** A column of the target's database. */
export interface Column {
  readonly table: string;
  readonly column: string;
  /** @example 'bigint' */
  readonly type: string;
}

const columnSchema = z.object({ table: z.string(), column: z.string(), type: z.string() });

/**
 * Reads all columns of a database.
 *
 * @param named the tables of the profile, as it spells them.
 * @throws UserError when it cannot be reached.
 */
export async function readColumns(settings: DatabaseSettings, named: Tables): Promise<Column[]> {
  const pool = await connectDatabase(settings, 1);
  try {
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, LOWER(DATA_TYPE) AS type
       FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME, ORDINAL_POSITION`,
    );
    const spelled = await spelledAs(named, pool);
    return rows.map((row) => columnSchema.parse(row)).map((column) => ({ ...column, table: spelled(column.table) }));
  } finally {
    await pool.end();
  }
}
