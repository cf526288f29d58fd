import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { offered } from '../../profile/endpoint-forms.ts';
import { idFromTable, idSchema, type Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const rowSchema = z.object({ id: idSchema });

/** Returns those of some ids that belong to users, with a balance where there are some, or to products. */
export async function existingIds(
  pool: Pool,
  profile: TargetProfile,
  kind: 'user' | 'product',
  ids: readonly Id[],
): Promise<Id[]> {
  const { users, balances, products } = profile.tables;
  const { table: holders, userId } = offered(balances) ?? { table: users.table, userId: users.id };
  const [table, column] = kind === 'user' ? [holders, userId] : [products.table, products.id];
  if (ids.length === 0) return [];
  const [rows] = await pool.query<RowDataPacket[]>('SELECT ?? AS id FROM ?? WHERE ?? IN (?) ORDER BY 1', [
    ...[column, table, column, ids],
  ]);
  return rows.map((row) => idFromTable(profile.ids[kind], rowSchema.parse(row).id));
}
