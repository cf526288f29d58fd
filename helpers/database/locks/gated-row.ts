import type { GatedRow } from './gate.ts';
import type { Id } from '../../profile/ids.ts';
import { offered } from '../../profile/endpoint-forms.ts';
import type { Tables } from '../../profile/tables.ts';

/**
 * A row that requests need: of a balance, a user, an order or a product, the future row of a user's key, or those of a
 * user's keys that are there.
 */
export type NeededRow =
  | { balanceOf: { userId: Id } }
  | { user: { userId: Id } }
  | { order: { orderId: Id } }
  | { product: { productId: Id } }
  | { newKey: { userId: Id; tables: readonly string[] } }
  | { keysOf: { userId: Id; tables: readonly string[] } };

/**
 * Returns the places of a row in a target's tables; those of a future row in every table that it may be inserted into.
 */
export function gatedRows({ users, balances, orders, products, keys }: Tables, row: NeededRow): GatedRow[] {
  if ('newKey' in row || 'keysOf' in row) {
    const { userId: id, tables } = 'newKey' in row ? row.newKey : row.keysOf;
    const form = 'newKey' in row ? { isToCome: true } : { mayLack: true };
    return keys
      .filter(({ table }) => tables.includes(table))
      .flatMap(({ table, userId: column }) => (column === undefined ? [] : [{ table, column, id, ...form }]));
  }
  if ('user' in row) return [{ table: users.table, column: users.id, id: row.user.userId }];
  if ('balanceOf' in row) {
    // Without balances a payment needs the user at most.
    const { table, userId } = offered(balances) ?? { table: users.table, userId: users.id };
    return [{ table, column: userId, id: row.balanceOf.userId }];
  }
  return 'order' in row
    ? [{ table: orders.table, column: orders.id, id: row.order.orderId }]
    : [{ table: products.table, column: products.id, id: row.product.productId }];
}
