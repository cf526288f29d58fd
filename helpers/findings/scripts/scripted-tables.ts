import { offered } from '../../profile/endpoint-forms.ts';
import type { Tables } from '../../profile/tables.ts';

type Payments = Exclude<Tables['payments'], { notOffered: string }>;

/** Returns the tables of a target as statements name them: without payments, those of no order stand for them. */
export function scriptedTables({ balances, payments, ...tables }: Tables) {
  const { table, id, total, status } = tables.orders;
  const none: Payments = { table, id, orderId: id, amount: total, succeeded: { column: status, value: '' } };
  return { ...tables, balances: offered(balances), payments: offered(payments) ?? none };
}
