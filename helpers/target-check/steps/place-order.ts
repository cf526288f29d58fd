import type { Id } from '../../profile/ids.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { Account, Product } from '../../database/rows/own-rows.ts';
import type { OwnOrder } from './facts.ts';
import { StepMisfit } from './step-ends.ts';
import type { Walk } from './walk.ts';

type OrderRow = LedgerSnapshot['orders'][number];

/** Reads the check's own rows from the tables. */
export const readTables = async (walk: Walk): Promise<LedgerSnapshot> => (await walk.rows()).ledger();

/** Returns the rows that an earlier reading did not have. */
export function newRows<Row>(now: readonly Row[], before: readonly Row[], idOf: (row: Row) => Id): Row[] {
  const known = new Set(before.map((row) => String(idOf(row))));
  return now.filter((row) => !known.has(String(idOf(row))));
}

export const newOrders = (now: LedgerSnapshot, before: LedgerSnapshot): OrderRow[] =>
  newRows(now.orders, before.orders, ({ orderId }) => orderId);

/** Returns the balance of an account; NaN where the tables lack it. */
export const balanceOf = ({ accounts }: LedgerSnapshot, { userId }: { userId: Id }): number =>
  accounts.find((one) => String(one.userId) === String(userId))?.balance ?? NaN;

/** Returns the stock of a product; NaN where the tables lack it. */
export const stockOf = ({ products }: LedgerSnapshot, { productId }: { productId: Id }): number =>
  products.find((one) => String(one.productId) === String(productId))?.stock ?? NaN;

/**
 * Places an order through the API and finds it in the tables: its id is taken from there, not from the answer, so that
 * no other user's order is ever paid.
 *
 * @throws StepMisfit when it is refused, or is not in the tables.
 */
export async function placeOrder(
  walk: Walk,
  { account, product, quantity = 1 }: { account: Account; product: Product; quantity?: number },
): Promise<OwnOrder & { row: OrderRow; before: LedgerSnapshot; after: LedgerSnapshot }> {
  const key = walk.newKey();
  const before = await readTables(walk);
  const created = await walk.succeed((api) =>
    api.createOrder({
      userId: walk.id('user', account.userId),
      items: [{ productId: walk.id('product', product.productId), quantity }],
      idempotencyKey: key,
    }),
  );
  const after = await readTables(walk);
  const [row] = newOrders(after, before);
  const { table, userId } = walk.profile.tables.orders;
  if (!row) {
    throw new StepMisfit({
      problem: `the order was made, but ${table} has no row for it with ${userId} ${account.userId}`,
      property: ['tables', 'orders'],
      suggestion: 'name the table of the orders, and its columns of id, owner, total and status',
    });
  }
  walk.totals.set(String(walk.id('order', row.orderId)), row.total);
  return { orderId: row.orderId, userId: account.userId, key, created, row, before, after };
}
