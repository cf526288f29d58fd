import { format } from 'mysql2';
import { groupedInWords } from '../../profile/amount-in-words.ts';
import type { Id } from '../../profile/ids.ts';
import { needed } from '../../profile/endpoint-forms.ts';
import { lineTable } from '../../profile/tables.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { sum } from '../../text/sum.ts';
import { keyPrefix } from '../run/iteration.ts';
import type { Counters } from '../measure/load-part.ts';
import type { Books } from './load-rows.ts';

const count = (value: number): string => value.toLocaleString('en-US');

const sumsOf = ({ accounts }: Books): { orders: number; payments: number; paid: number } => ({
  orders: sum(accounts.map(({ orders }) => orders)),
  payments: sum(accounts.map(({ payments }) => payments)),
  paid: sum(accounts.map(({ paid }) => paid)),
});

/** The books of a run on accounts that are not its own, and the newest order of those accounts, where ids say which is. */
export interface Marked {
  readonly books: Books;
  readonly newestOrder: Id | undefined;
}

/**
 * Reports the rows that a run on accounts of others has left in the tables, and how to tell them from the orders of
 * others. Removes nothing: such a run writes nothing past the API, and a range of ids may hold orders that somebody
 * else made meanwhile.
 *
 * @param ordersMade as the API answered them.
 * @returns lines for people.
 */
export function leftBehind(
  { tables, money }: TargetProfile,
  userIds: readonly Id[],
  before: Marked,
  after: Marked,
  ordersMade: number,
): string[] {
  const [was, is] = [sumsOf(before.books), sumsOf(after.books)];
  const orders = is.orders - was.orders;
  if (orders === 0 && ordersMade === 0) return [];
  const [first, last] = [userIds[0] ?? 0, userIds.at(-1) ?? 0];
  const said =
    `${count(orders)} orders, ${count(is.payments - was.payments)} of them paid with ${groupedInWords(is.paid - was.paid, money)} in all, ` +
    `are new on users ${first}-${last} and stay there: with SEED=off nothing is written past the API. ` +
    `The idempotency keys of this run begin with ${keyPrefix}`;
  if (orders !== ordersMade) {
    return [
      said,
      `this run was answered ${count(ordersMade)} orders, so others ordered for these users meanwhile, or answers were lost: ` +
        'the ids do not tell whose is whose; remove only orders with keys of this run',
    ];
  }
  const { orders: order } = tables;
  const lines = lineTable(tables);
  const payments = needed(tables.payments, 'payments');
  const { newestOrder: newest } = after;
  if (typeof newest !== 'number') return [said];
  const range = [order.table, order.userId, first, last, order.id, before.newestOrder ?? 0, order.id, newest];
  const where = '?? WHERE ?? BETWEEN ? AND ? AND ?? > ? AND ?? <= ?';
  const ofOrders = `DELETE FROM ?? WHERE ?? IN (SELECT ?? FROM ${where});`;
  return [
    said,
    'as many as this run was answered, so all of them are its own; this removes them (balances, stock and keys stay as they are):',
    format(ofOrders, [payments.table, payments.orderId, order.id, ...range]),
    ...(lines ? [format(ofOrders, [lines.table, lines.orderId, order.id, ...range])] : []),
    format(`DELETE FROM ${where};`, range),
  ];
}

/**
 * Reports the orders that a run without a database has left, as far as the answers tell.
 *
 * @returns lines for people.
 */
export function leftThroughApi(
  userIds: readonly Id[],
  { orders_created: orders, payments_made: payments }: Pick<Counters, 'orders_created' | 'payments_made'>,
): string[] {
  if (orders === 0) return [];
  const [first, last] = [userIds[0] ?? 0, userIds.at(-1) ?? 0];
  return [
    `${count(orders)} orders of users ${first}-${last} were answered, ${count(payments)} of them paid, and stay there: ` +
      `without a database nothing can be removed. The idempotency keys of this run begin with ${keyPrefix}`,
  ];
}
