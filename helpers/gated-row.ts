import type { GatedRow } from './gate.ts';
import type { Id } from './ids.ts';
import type { Tables } from './target-profile/tables.ts';

/** A row that requests need: of a balance, a user, an order or a product. */
export type NeededRow =
  | { balanceOf: { userId: Id } }
  | { user: { userId: Id } }
  | { order: { orderId: Id } }
  | { product: { productId: Id } };

/** Where a row is found in a target's tables. */
export function gatedRow({ users, balances, orders, products }: Tables, row: NeededRow): GatedRow {
  if ('user' in row) return { table: users.table, column: users.id, id: row.user.userId };
  if ('balanceOf' in row) return { table: balances.table, column: balances.userId, id: row.balanceOf.userId };
  return 'order' in row
    ? { table: orders.table, column: orders.id, id: row.order.orderId }
    : { table: products.table, column: products.id, id: row.product.productId };
}
