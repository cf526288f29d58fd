import type { RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase } from '../../database/connection/database-connection.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import type { TableCandidates } from './match-tables.ts';

const rowSchema = z.object({ id: z.union([z.string(), z.number()]).nullable() });

/** Returns the id of a user, a product and an order that exist, to read them through the API. */
export async function sampleIds(
  settings: DatabaseSettings,
  { users, products, orders }: TableCandidates,
): Promise<Partial<Record<'userId' | 'productId' | 'orderId', string>>> {
  const pool = await connectDatabase(settings, 1);
  try {
    const ids: Partial<Record<'userId' | 'productId' | 'orderId', string>> = {};
    const tables = [
      ['userId', users[0]],
      ['productId', products[0]],
      ['orderId', orders[0]],
    ] as const;
    for (const [name, table] of tables) {
      if (!table) continue;
      const [[row]] = await pool.query<RowDataPacket[]>('SELECT MIN(??) AS id FROM ??', [table.id, table.table]);
      const { id } = rowSchema.parse(row);
      if (id !== null) ids[name] = String(id);
    }
    return ids;
  } finally {
    await pool.end();
  }
}
