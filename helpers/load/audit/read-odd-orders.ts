import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Id } from '../../profile/ids.ts';
import { needed } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { onlySucceeded, rowSchemas } from './load-rows.ts';

const maxOddOrders = 5;

/** Describes the orders with more than one payment, another amount paid, or payments against the order's state. */
export async function readOddOrders(
  pool: Pool,
  profile: TargetProfile,
  userIds: readonly Id[],
  afterOrderId: Id | undefined,
): Promise<string[]> {
  const { orderStatus, tables } = profile;
  const succeeded = onlySucceeded(profile);
  const { oddOrder } = rowSchemas(profile);
  const { orders } = tables;
  const payments = needed(tables.payments, 'payments');
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT o.?? AS orderId, o.?? AS total, o.?? AS status, COUNT(p.??) AS payments, COALESCE(SUM(p.??), 0) AS paid
       FROM ?? o LEFT JOIN ?? p ON p.?? = o.??${succeeded.condition} WHERE o.?? IN (?) AND (? OR o.?? > ?) GROUP BY o.??, o.??, o.??
       HAVING payments > 1 OR (payments = 1 AND paid <> total) OR (payments = 1) <> (status = ?) LIMIT ?`,
    [
      ...[orders.id, orders.total, orders.status, payments.id, payments.amount],
      ...[orders.table, payments.table, payments.orderId, orders.id, ...succeeded.values, orders.userId],
      userIds,
      ...[
        afterOrderId === undefined,
        orders.id,
        afterOrderId ?? 0,
        orders.id,
        orders.total,
        orders.status,
        orderStatus.paid,
        maxOddOrders,
      ],
    ],
  );
  return rows
    .map((row) => oddOrder.parse(row))
    .map(
      ({ orderId, total, status, payments: made, paid }) =>
        `order ${orderId} of ${total} won is ${status} and has ${made} ${made === 1 ? 'payment' : 'payments'} of ${paid} won in all`,
    );
}
