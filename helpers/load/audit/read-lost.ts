import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { needed } from '../../profile/endpoint-forms.ts';
import { idFromTable, type Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import type { Acknowledged, AcknowledgedOrder } from '../crashes/acknowledged.ts';
import { onlySucceeded } from './load-rows.ts';

const atOnce = 1000;
const rowSchema = z.object({ id: z.union([z.number(), z.string()]) });

/** Returns what the API has answered to be done and the tables do not have: orders, and payments of orders they have. */
export async function readLost(
  pool: Pool,
  profile: TargetProfile,
  { orders, payments }: Pick<Acknowledged, 'orders' | 'payments'>,
): Promise<LedgerBreach[]> {
  const { ids, tables } = profile;
  const succeeded = onlySucceeded(profile);
  const orderIds = (rows: readonly RowDataPacket[]): Id[] =>
    rows.map((row) => idFromTable(ids.order, rowSchema.parse(row).id));
  const lostOrders = await missing(orders, async (some) => {
    const { id, table } = tables.orders;
    const [rows] = await pool.query<RowDataPacket[]>('SELECT ?? AS id FROM ?? WHERE ?? IN (?)', [id, table, id, some]);
    return orderIds(rows);
  });
  const gone = new Set(lostOrders.map(({ orderId }) => orderId));
  const lostPayments = await missing(payments, async (some) => {
    const { orderId, table } = needed(tables.payments, 'payments');
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT DISTINCT p.?? AS id FROM ?? p WHERE p.?? IN (?)${succeeded.condition}`,
      [orderId, table, orderId, some, ...succeeded.values],
    );
    return orderIds(rows);
  });
  return [
    ...lostOrders.map(({ orderId, userId }) => ({
      check: 'answered-order-missing' as const,
      sentence: `order ${orderId} of user ${userId} was answered as made and is not in the tables`,
      ...{ orderId, userId },
    })),
    ...lostPayments
      .filter(({ orderId }) => !gone.has(orderId))
      .map(({ orderId, userId }) => ({
        check: 'answered-payment-missing' as const,
        sentence: `the payment of order ${orderId} of user ${userId} was answered as made and is not in the tables`,
        ...{ orderId, userId },
      })),
  ];
}

/** Returns what was acknowledged before an id was given once more: a server that lost its last rows counts on from there. */
const repeated = (all: readonly AcknowledgedOrder[]): AcknowledgedOrder[] => {
  const last = new Map(all.map((one) => [String(one.orderId), one]));
  return all.filter((one) => last.get(String(one.orderId)) !== one);
};

/** @param find returns those of some orders that are there. */
async function missing(
  all: readonly AcknowledgedOrder[],
  find: (orderIds: readonly Id[]) => Promise<readonly Id[]>,
): Promise<AcknowledgedOrder[]> {
  const lost = repeated(all);
  for (let from = 0; from < all.length; from += atOnce) {
    const some = all.slice(from, from + atOnce);
    const there = new Set((await find(some.map(({ orderId }) => orderId))).map(String));
    const known = new Set(lost);
    lost.push(...some.filter((one) => !there.has(String(one.orderId)) && !known.has(one)));
  }
  return lost;
}
