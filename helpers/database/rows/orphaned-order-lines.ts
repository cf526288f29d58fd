import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import type { Id } from '../../profile/ids.ts';
import type { TableStructure } from '../structure/table-structure.ts';
import { lineTable } from '../../profile/tables.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const rowSchema = z.object({ orderId: z.string(), productId: z.string(), quantity: z.string() });

/**
 * Returns the lines of some products whose order does not exist, a sentence each; none where a search takes too long.
 */
export async function orphanedOrderLines(
  connection: Connection,
  { tables }: Pick<TargetProfile, 'tables'>,
  structure: Pick<TableStructure, 'indexOver'>,
  productIds: readonly Id[],
): Promise<string[]> {
  const { orders } = tables;
  const lines = lineTable(tables);
  // Lines in a column of their order cannot outlive it.
  if (!lines) return [];
  const { table, orderId, productId, quantity } = lines;
  // Every test searches, and without an index it would read all lines that were ever ordered.
  if (productIds.length === 0 || structure.indexOver(table, [productId]) === undefined) return [];
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT CAST(i.?? AS CHAR) AS orderId, CAST(i.?? AS CHAR) AS productId, CAST(i.?? AS CHAR) AS quantity
       FROM ?? i LEFT JOIN ?? o ON o.?? = i.?? WHERE i.?? IN (?) AND i.?? IS NOT NULL AND o.?? IS NULL`,
    [
      ...[orderId, productId, quantity, table, orders.table, orders.id, orderId],
      ...[productId, productIds, orderId, orders.id],
    ],
  );
  return rows
    .map((row) => rowSchema.parse(row))
    .map((line) => `line of order ${line.orderId}, which is not there: ${line.quantity} × product ${line.productId}`);
}
