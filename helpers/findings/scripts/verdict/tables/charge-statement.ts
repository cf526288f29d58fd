import type { TargetProfile } from '../../../../profile/target-profile.ts';
import { scriptedTables } from '../../scripted-tables.ts';
import { template, type Template } from '../../lines/shell-words.ts';
import { sqlName as name, sqlValue } from '../../lines/sql-words.ts';

/**
 * Returns a statement about what a gateway has charged for orders of the script's own users, with a row for every breach;
 * undefined where a check is about something else, or the charges are not known.
 */
export function chargeStatement({ tables, orderStatus }: TargetProfile, check: string): Template | undefined {
  const { charges, orders, payments } = scriptedTables(tables);
  if (!charges) return undefined;
  const order = `o.${name(orders.id)}`;
  const total = `o.${name(orders.total)}`;
  const succeeded = (row: string, mark: { readonly column: string; readonly value: string } | undefined): string =>
    mark ? ` AND ${row}.${name(mark.column)} = ${sqlValue(mark.value)}` : '';
  const ofOrder = `FROM ${name(charges.table)} c WHERE c.${name(charges.orderId)} = ${order}${succeeded('c', charges.succeeded)}`;
  const count = `(SELECT COUNT(*) ${ofOrder})`;
  const payment = `SELECT 1 FROM ${name(payments.table)} p WHERE p.${name(payments.orderId)} = ${order}${succeeded('p', payments.succeeded)}`;
  const isPaid = `(EXISTS (${payment}) OR o.${name(orders.status)} = ${sqlValue(orderStatus.paid)})`;
  const breaches: Readonly<Partial<Record<string, string>>> = {
    'charged-several-times': `${count} > 1`,
    'charge-without-payment': `${count} > 0 AND NOT ${isPaid}`,
    'payment-without-charge': `${count} = 0 AND ${isPaid} AND ${total} > 0`,
    'charge-differs': `EXISTS (SELECT 1 ${ofOrder} AND c.${name(charges.amount)} <> ${total})`,
  };
  const breach = breaches[check];
  if (breach === undefined) return undefined;
  const ownUsers: Template = ['(', { variable: 'own_users' }, ')'];
  return template`SELECT 'order', ${order}, 'total', ${total}, 'charges', ${count} FROM ${name(orders.table)} o WHERE o.${name(orders.userId)} IN ${ownUsers} AND ${breach}`;
}
