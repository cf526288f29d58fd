import { offered } from '../../profile/endpoint-forms.ts';
import type { RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase } from '../../database/connection/database-connection.ts';
import type { Id } from '../../profile/ids.ts';
import { misfitOf } from '../../target-check/judge/misfit.ts';
import { placeOrder } from '../../target-check/steps/place-order.ts';
import { NotApplicable } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

const price = 12_345;

const rowSchema = z.object({ state: z.union([z.string(), z.number()]).nullable() });

/** Returns the values of a column in the payments of an order. */
async function statesOf(walk: Walk, orderId: Id): Promise<(string | number)[]> {
  const { database } = walk.settings;
  if (!database) return [];
  const payments = offered(walk.profile.tables.payments);
  if (!payments) return [];
  const pool = await connectDatabase(database, 1);
  try {
    const [columns] = await pool.query<RowDataPacket[]>(
      `SELECT COLUMN_NAME AS state FROM information_schema.COLUMNS
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND COLUMN_NAME IN ('status', 'state', 'payment_status', 'result')`,
      [payments.table],
    );
    const [column] = columns.map((row) => rowSchema.parse(row).state);
    if (column === undefined || column === null) return [];
    const [rows] = await pool.query<RowDataPacket[]>('SELECT ?? AS state FROM ?? WHERE ?? = ?', [
      ...[String(column), payments.table, payments.orderId, orderId],
    ]);
    const states = rows.flatMap((row) => rowSchema.parse(row).state ?? []);
    return states.length > 0 ? [String(column), ...states] : [];
  } finally {
    await pool.end();
  }
}

/** Compares the rows of a payment that was refused with those of one that succeeded. */
async function keepAttempts(walk: Walk): Promise<void> {
  const { order } = walk.fact('payment');
  if (offered(walk.profile.tables.payments)?.succeeded) throw new NotApplicable('the profile tells attempts apart');
  const rows = await walk.rows();
  const product = await rows.insertProduct({ name: 'Target check', price, stock: 10 });
  const account = await rows.insertAccount({ name: 'Target check', balance: price - 1 });
  const { orderId } = await placeOrder(walk, { account, product });
  const refused = await walk.send((api) =>
    api.pay(walk.id('order', orderId), { userId: walk.id('user', account.userId), idempotencyKey: walk.newKey() }),
  );
  if (refused.outcome !== 'refused') return;
  const [column, attempt] = await statesOf(walk, orderId);
  const [, value] = await statesOf(walk, order.orderId);
  if (column === undefined || attempt === undefined || value === undefined || attempt === value) return;
  const succeeded = { column: String(column), value: String(value) };
  walk.add(misfitOf('a refused payment leaves a row as well', ['tables', 'payments', 'succeeded'], succeeded));
}

/** Shows whether refused payments leave rows, and how those of successful ones are told apart. */
export const paymentAttemptsStep: Step = { title: 'look for rows of refused payments', run: keepAttempts };
