import type { Pool, RowDataPacket } from 'mysql2/promise';

/** Returns whether the server is MariaDB, and not MySQL. */
export async function isMariaDb(pool: Pool): Promise<boolean> {
  const [rows] = await pool.query<(RowDataPacket & { version: string })[]>('SELECT VERSION() AS version');
  return rows[0]?.version.includes('MariaDB') ?? false;
}
