import { createHash } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

const rowSchema = z.object({ dataFolder: z.string(), identity: z.string() });

/** Identity of the database that a pool is connected to. */
export interface DatabaseIdentity {
  /** Data folder of its server, on the server's machine. */
  readonly dataFolder: string;
  /** Changes when the server, its data or the table are created anew, even at the same address. */
  readonly identity: string;
}

/** Identifies the database of a pool. @param table one that is not altered from time to time. */
export async function identifyDatabase(pool: Pool, table: string): Promise<DatabaseIdentity> {
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT @@datadir AS dataFolder,
            CONCAT_WS('|', @@hostname, @@port, @@datadir, DATABASE(),
              (SELECT CREATE_TIME FROM information_schema.TABLES
               WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?)) AS identity`,
    [table],
  );
  const { dataFolder, identity } = rowSchema.parse(rows[0]);
  return { dataFolder, identity: createHash('sha256').update(identity).digest('hex') };
}
