import type { Pool, RowDataPacket } from 'mysql2/promise';
import { needed } from '../../profile/endpoint-forms.ts';
import { linesOf } from '../../ledger/ledger-queries.ts';
import { wordsOfVoid } from '../../profile/order-state.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { onlySucceeded, rowSchemas, type Books, type LoadRows } from './load-rows.ts';

/** Reads money, orders and stock of all accounts and products. */
export async function readBooks(
  pool: Pool,
  profile: TargetProfile,
  { userIds, productIds, productsAreOwn }: LoadRows,
): Promise<Books> {
  const { policies, orderStatus, tables } = profile;
  const succeeded = onlySucceeded(profile);
  const schemas = rowSchemas(profile);
  const { products, orders } = tables;
  const lines = linesOf(tables);
  const balances = needed(tables.balances, 'balances');
  const payments = needed(tables.payments, 'payments');
  const [accounts] = await pool.query<RowDataPacket[]>(
    `SELECT b.?? AS userId, b.?? AS balance, COALESCE(o.orders, 0) AS orders, COALESCE(o.payments, 0) AS payments,
              COALESCE(o.paid, 0) AS paid
       FROM ?? b LEFT JOIN (
         SELECT o.?? AS owner, COUNT(DISTINCT o.??) AS orders, COUNT(p.??) AS payments, SUM(p.??) AS paid
         FROM ?? o LEFT JOIN ?? p ON p.?? = o.??${succeeded.condition} WHERE o.?? IN (?) GROUP BY o.??
       ) o ON o.owner = b.?? WHERE b.?? IN (?)`,
    [
      ...[balances.userId, balances.balance, balances.table],
      ...[orders.userId, orders.id, payments.id, payments.amount, orders.table, payments.table],
      ...[payments.orderId, orders.id, ...succeeded.values, orders.userId, userIds, orders.userId],
      ...[balances.userId, balances.userId, userIds],
    ],
  );
  const takesStock = policies.stockIsTakenAt === 'order' ? 'NOT IN' : 'IN';
  const states = policies.stockIsTakenAt === 'order' ? wordsOfVoid(orderStatus) : [orderStatus.paid];
  const [goods] = await pool.query<RowDataPacket[]>(
    `SELECT p.?? AS productId, p.?? AS price, p.?? AS stock, COALESCE(i.taken, 0) AS taken
       FROM ?? p LEFT JOIN (
         SELECT i.?? AS product, SUM(i.??) AS taken FROM ?? o JOIN ${lines.from} i ON i.?? = o.??
         WHERE (? OR o.?? IN (?)) AND i.?? IN (?) AND o.?? ${takesStock} (?) GROUP BY i.??
       ) i ON i.product = p.?? WHERE p.?? IN (?)`,
    [
      ...[products.id, products.price, products.stock, products.table],
      ...[lines.productId, lines.quantity, orders.table, ...lines.values, lines.orderId, orders.id],
      ...[!productsAreOwn, orders.userId, userIds, lines.productId, productIds],
      ...[orders.status, states, lines.productId],
      ...[products.id, products.id, productIds],
    ],
  );
  return {
    accounts: accounts.map((row) => schemas.account.parse(row)),
    products: goods.map((row) => schemas.product.parse(row)),
  };
}
