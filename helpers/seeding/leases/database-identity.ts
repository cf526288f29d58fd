import { createHash } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

const rowSchema = z.object({ dataFolder: z.string(), identity: z.string() });

/** Which database a pool is connected to. */
export interface DatabaseIdentity {
  /** Where its server keeps it, on the server's machine. */
  readonly dataFolder: string;
  /** Another one when the server, its data or the table were made anew, whatever the address. */
  readonly identity: string;
}

/** @param table one that is not altered in passing. */
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
