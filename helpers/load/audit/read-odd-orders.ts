import type { Pool, RowDataPacket } from 'mysql2/promise';
import type { Id } from '../../profile/ids.ts';
import { needed } from '../../profile/endpoint-forms.ts';
import { amountInWords } from '../../profile/amount-in-words.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import { counted } from '../../text/words/counted.ts';
import { onlySucceeded, rowSchemas } from './load-rows.ts';

/** Of more of them no report grows. */
const maxOddOrders = 1000;

/** An order whose payments are wrong. */
export interface OddOrder extends LedgerBreach {
  /** How many payments it has. */
  readonly payments: number;
}

/** Returns the orders with more than one payment, another amount paid, or payments against the order's state. */
export async function readOddOrders(
  pool: Pool,
  profile: TargetProfile,
  userIds: readonly Id[],
  afterOrderId: Id | undefined,
): Promise<OddOrder[]> {
  const { money, orderStatus, tables } = profile;
  const succeeded = onlySucceeded(profile);
  const { oddOrder } = rowSchemas(profile);
  const { orders } = tables;
  const payments = needed(tables.payments, 'payments');
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT o.?? AS orderId, o.?? AS userId, o.?? AS total, o.?? AS status, COUNT(p.??) AS payments, COALESCE(SUM(p.??), 0) AS paid
       FROM ?? o LEFT JOIN ?? p ON p.?? = o.??${succeeded.condition} WHERE o.?? IN (?) AND (? OR o.?? > ?) GROUP BY o.??, o.??, o.??, o.??
       HAVING payments > 1 OR (payments = 1 AND paid <> total) OR (payments = 1) <> (status = ?) LIMIT ?`,
    [
      ...[orders.id, orders.userId, orders.total, orders.status, payments.id, payments.amount],
      ...[orders.table, payments.table, payments.orderId, orders.id, ...succeeded.values, orders.userId],
      userIds,
      ...[
        afterOrderId === undefined,
        orders.id,
        afterOrderId ?? 0,
        orders.id,
        orders.userId,
        orders.total,
        orders.status,
        orderStatus.paid,
        maxOddOrders,
      ],
    ],
  );
  return rows
    .map((row) => oddOrder.parse(row))
    .map(({ orderId, userId, total, status, payments: made, paid }) => ({
      check: checkOf({ made, paid, total }),
      sentence:
        `order ${orderId} of ${amountInWords(total, money)} is ${status} and has ${counted(made, 'payment')} ` +
        `of ${amountInWords(paid, money)} in all`,
      ...{ orderId, userId, payments: made, expected: total, seen: paid },
    }));
}

const checkOf = ({ made, paid, total }: { made: number; paid: number; total: number }): LedgerBreach['check'] => {
  if (made > 1) return 'several-payments';
  if (made === 0) return 'paid-without-payment';
  return paid === total ? 'payment-of-unpaid-order' : 'payment-differs';
};
