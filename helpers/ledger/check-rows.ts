import { groupedBy } from '../text/words/grouped-by.ts';
import type { LedgerBreach } from './ledger-breach.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { isMissing } from '../profile/endpoint-forms.ts';
import { amountInWords, plainAmount, rowsInWords } from '../profile/amount-in-words.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { totalOf } from './taken.ts';

/** Returns whether an order in this state must have a payment. */
const isToBePaid = ({ endpoints, orderStatus, tables }: TargetProfile, status: string): boolean => {
  if (isMissing(tables.payments)) return false;
  // Without a call that pays, orders are paid as they are placed.
  return isMissing(endpoints.pay) ? status !== orderStatus.cancelled : status === orderStatus.paid;
};

/** Checks that each user has one balance: of two rows, which one counts is chance. */
export function checkBalanceRows({ money }: TargetProfile, { accounts }: LedgerSnapshot): LedgerBreach[] {
  return [...groupedBy(accounts, ({ userId }) => userId)]
    .filter(([, rows]) => rows.length > 1)
    .map(([userId, rows]) => {
      const balances = rows.map(({ balance }) => amountInWords(balance, money)).join(', ');
      return { check: 'several-balances', sentence: `user ${userId} has ${rows.length} balances: ${balances}`, userId };
    });
}

/** Checks that each order has the one payment that its status demands, over its total and by its user, and has lines. */
export function checkPayments(profile: TargetProfile, ledger: LedgerSnapshot): LedgerBreach[] {
  const { policies, orderStatus, money } = profile;
  const paymentsOf = groupedBy(ledger.payments, ({ orderId }) => orderId);
  const withLines = new Set(ledger.items.map(({ orderId }) => orderId));
  const isRefunded = (status: string): boolean =>
    policies.paidOrders === 'cancellable' && status === orderStatus.cancelled;
  return ledger.orders.flatMap(({ orderId, userId, total, status }) => {
    const payments = paymentsOf.get(orderId) ?? [];
    const order = `order ${orderId} (${status}, total ${plainAmount(total, money)})`;
    const breach = (check: LedgerBreach['check'], what: string): LedgerBreach => ({
      check,
      sentence: `${order} ${what}`,
      ...{ orderId, userId },
    });
    return [
      ...(payments.length > 1
        ? [breach('several-payments', `has ${payments.length} payments: ${rowsInWords(payments, money)}`)]
        : []),
      ...(isToBePaid(profile, status) && payments.length === 0
        ? [breach('paid-without-payment', 'has no payment')]
        : []),
      ...(!isToBePaid(profile, status) && payments.length > 0 && !isRefunded(status)
        ? [breach('payment-of-unpaid-order', `has payment ${rowsInWords(payments, money)}`)]
        : []),
      ...payments
        .filter((payment) => payment.amount !== total || payment.userId !== userId)
        .map((payment) => ({
          ...breach('payment-differs', `of user ${userId} was paid as ${rowsInWords(payment, money)}`),
          ...(payment.amount !== total && { expected: total, seen: payment.amount }),
        })),
      ...(withLines.has(orderId) ? [] : [breach('order-without-lines', 'has no lines')]),
    ];
  });
}

/** Compares the lines of each order with its subtotal, where the tables have both. */
export function checkSubtotals({ money }: TargetProfile, { orders, items }: LedgerSnapshot): LedgerBreach[] {
  const itemsOf = groupedBy(items, ({ orderId }) => orderId);
  return orders.flatMap(({ orderId, subtotal, status }) => {
    const lines = itemsOf.get(orderId) ?? [];
    const amounts = lines.flatMap((line) => (line.subtotal === undefined ? [] : [line.subtotal]));
    if (subtotal === undefined || lines.length === 0 || amounts.length < lines.length) return [];
    const total = totalOf(amounts);
    if (total === subtotal) return [];
    return [
      {
        check: 'subtotal',
        sentence:
          `order ${orderId} (${status}, subtotal ${plainAmount(subtotal, money)}) has lines of ` +
          `${plainAmount(total, money)} together: ${rowsInWords(lines, money)}`,
        ...{ orderId, expected: total, seen: subtotal },
      },
    ];
  });
}
