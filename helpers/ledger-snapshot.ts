import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import type { TargetProfile } from './targets/target-profile.ts';

/** The rows of some accounts and products at one instant; money in won, stock in pieces. */
export interface LedgerSnapshot {
  readonly accounts: readonly { readonly userId: number; readonly balance: number }[];
  readonly products: readonly { readonly productId: number; readonly stock: number }[];
  readonly orders: readonly {
    readonly orderId: number;
    readonly userId: number;
    readonly total: number;
    readonly status: string;
  }[];
  readonly items: readonly { readonly orderId: number; readonly productId: number; readonly quantity: number }[];
  readonly payments: readonly {
    readonly paymentId: number;
    readonly orderId: number;
    readonly userId: number;
    readonly amount: number;
  }[];
}

const rowSchema = z.object({
  kind: z.enum(['account', 'product', 'order', 'item', 'payment']),
  id: z.number(),
  a: z.number(),
  b: z.number(),
  c: z.number(),
  status: z.string(),
});

/**
 * Reads everything that the ledger needs in a single statement, so that all rows are of one instant even while the
 * target is at work.
 */
export async function readLedger(
  pool: Pool,
  { tables: { balances, products, orders, orderItems, payments } }: TargetProfile,
  userIds: readonly number[],
  productIds: readonly number[],
): Promise<LedgerSnapshot> {
  // An empty IN list is a syntax error; no row has the id -1.
  const users = userIds.length > 0 ? userIds : [-1];
  const goods = productIds.length > 0 ? productIds : [-1];
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT 'account' AS kind, ?? AS id, ?? AS a, 0 AS b, 0 AS c, '' AS status FROM ?? WHERE ?? IN (?)
     UNION ALL SELECT 'product', ??, ??, 0, 0, '' FROM ?? WHERE ?? IN (?)
     UNION ALL SELECT 'order', ??, ??, ??, 0, ?? FROM ?? WHERE ?? IN (?)
     UNION ALL SELECT 'item', i.??, i.??, i.??, 0, '' FROM ?? i JOIN ?? o ON o.?? = i.?? WHERE o.?? IN (?)
     UNION ALL SELECT 'payment', p.??, p.??, p.??, p.??, '' FROM ?? p JOIN ?? o ON o.?? = p.?? WHERE o.?? IN (?)
     UNION ALL SELECT 'payment', p.??, p.??, p.??, p.??, '' FROM ?? p LEFT JOIN ?? o ON o.?? = p.??
       WHERE p.?? IN (?) AND (o.?? IS NULL OR o.?? NOT IN (?))`,
    [
      ...[balances.userId, balances.balance, balances.table, balances.userId, users],
      ...[products.id, products.stock, products.table, products.id, goods],
      ...[orders.id, orders.userId, orders.total, orders.status, orders.table, orders.userId, users],
      ...[orderItems.orderId, orderItems.productId, orderItems.quantity, orderItems.table, orders.table, orders.id],
      ...[orderItems.orderId, orders.userId, users],
      ...[payments.id, payments.orderId, payments.userId, payments.amount, payments.table, orders.table, orders.id],
      ...[payments.orderId, orders.userId, users],
      ...[payments.id, payments.orderId, payments.userId, payments.amount, payments.table, orders.table, orders.id],
      ...[payments.orderId, payments.userId, users, orders.id, orders.userId, users],
    ],
  );
  const read = rows.map((row) => rowSchema.parse(row));
  const ofKind = (kind: z.infer<typeof rowSchema>['kind']) => read.filter((row) => row.kind === kind);
  return {
    accounts: ofKind('account').map(({ id, a }) => ({ userId: id, balance: a })),
    products: ofKind('product').map(({ id, a }) => ({ productId: id, stock: a })),
    orders: ofKind('order').map(({ id, a, b, status }) => ({ orderId: id, userId: a, total: b, status })),
    items: ofKind('item').map(({ id, a, b }) => ({ orderId: id, productId: a, quantity: b })),
    payments: ofKind('payment').map(({ id, a, b, c }) => ({ paymentId: id, orderId: a, userId: b, amount: c })),
  };
}
