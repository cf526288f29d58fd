import { groupedBy } from '../text/words/grouped-by.ts';
import { sum } from '../text/sum.ts';
import { isMissing } from '../profile/endpoint-forms.ts';
import type { Id } from '../profile/ids.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';

/** Returns the exact total; NaN when one of the values cannot be read as a whole number. */
export const totalOf = (values: readonly number[]): number => (values.every(Number.isInteger) ? sum(values) : NaN);

/** Returns the total of some rows' values for each key. */
const totalsBy = <Row>(rows: readonly Row[], key: (row: Row) => Id, value: (row: Row) => number): Map<Id, number> =>
  new Map([...groupedBy(rows, key)].map(([id, group]) => [id, totalOf(group.map(value))]));

/**
 * Returns how much money the orders of a ledger took from each user's balance; users without any are left out. A
 * cancelled order has given its money back, where it had taken any.
 */
export function moneyTaken(
  { policies, orderStatus }: TargetProfile,
  { orders, payments }: Pick<LedgerSnapshot, 'orders' | 'payments'>,
): Map<Id, number> {
  const cancelled = new Set(
    orders.filter(({ status }) => status === orderStatus.cancelled).map(({ orderId }) => orderId),
  );
  const lasting = <Row extends { readonly orderId: Id }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ orderId }) => !cancelled.has(orderId));
  return policies.balanceIsTakenAt === 'order'
    ? totalsBy(
        lasting(orders),
        ({ userId }) => userId,
        ({ total }) => total,
      )
    : totalsBy(
        policies.paidOrders === 'cancellable' ? lasting(payments) : payments,
        ({ userId }) => userId,
        ({ amount }) => amount,
      );
}

/** Returns how much money the orders of a ledger took from each user's balance without a payment of a call of its own. */
export function moneyReserved(
  profile: TargetProfile,
  { orders, payments }: Pick<LedgerSnapshot, 'orders' | 'payments'>,
): Map<Id, number> {
  if (profile.policies.balanceIsTakenAt !== 'order') return new Map();
  const paid = new Set(isMissing(profile.endpoints.pay) ? [] : payments.map(({ orderId }) => orderId));
  return moneyTaken(profile, { orders: orders.filter(({ orderId }) => !paid.has(orderId)), payments: [] });
}

/**
 * Returns how many pieces of each product the orders of a ledger took out of stock; products without any are left out.
 */
export function piecesTaken(
  { policies, orderStatus }: TargetProfile,
  { orders, items }: Pick<LedgerSnapshot, 'orders' | 'items'>,
): Map<Id, number> {
  const takesStock = (status: string): boolean =>
    policies.stockIsTakenAt === 'order' ? status !== orderStatus.cancelled : status === orderStatus.paid;
  const taking = new Set(orders.filter(({ status }) => takesStock(status)).map(({ orderId }) => orderId));
  return totalsBy(
    items.filter(({ orderId }) => taking.has(orderId)),
    ({ productId }) => productId,
    ({ quantity }) => quantity,
  );
}
