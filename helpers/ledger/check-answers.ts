import type { AnsweredFacts } from './answered-facts.ts';
import { groupedBy } from '../text/words/grouped-by.ts';
import type { Id } from '../profile/ids.ts';
import type { LedgerBreach } from './ledger-breach.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { isMissing } from '../profile/endpoint-forms.ts';
import { amountInWords, plainAmount, rowsInWords } from '../profile/amount-in-words.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

const newRows = <Row>(before: readonly Row[], after: readonly Row[], id: (row: Row) => Id): Row[] => {
  const known = new Set(before.map(id));
  return after.filter((row) => !known.has(id(row)));
};

const notAmong = (told: readonly { readonly orderId: Id }[]): ((row: { readonly orderId: Id }) => boolean) => {
  const known = new Set(told.map(({ orderId }) => orderId));
  return ({ orderId }) => !known.has(orderId);
};

const unanswered =
  (what: 'order' | 'payment', { money }: TargetProfile) =>
  (row: { readonly orderId: Id; readonly userId: Id }): LedgerBreach => ({
    check: `${what}-not-answered`,
    sentence: `${what} that no answer names: ${rowsInWords(row, money)}`,
    ...{ orderId: row.orderId, userId: row.userId },
  });

/** Checks that no payment came up whose order is none of those that are looked at. */
export function checkForeignPayments(
  { money }: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
): LedgerBreach[] {
  return newRows(before.payments, after.payments, ({ paymentId }) => paymentId)
    .filter(notAmong(after.orders))
    .map((payment) => ({
      check: 'foreign-payment',
      sentence: `payment of a foreign order: ${rowsInWords(payment, money)}`,
      ...{ orderId: payment.orderId, userId: payment.userId },
    }));
}

/**
 * Checks that no order is left as it was whose cancellation was answered. One that is not there, and one that was paid
 * all the same, are other breaches.
 */
export function checkCancellations(
  { orderStatus }: TargetProfile,
  { orders }: LedgerSnapshot,
  { cancelled }: AnsweredFacts,
): LedgerBreach[] {
  const told = new Set(cancelled);
  return orders
    .filter(
      ({ orderId, status }) => told.has(orderId) && status !== orderStatus.cancelled && status !== orderStatus.paid,
    )
    .map(({ orderId, userId, status }) => ({
      check: 'answered-cancellation-missing',
      sentence: `answered cancellation of order ${orderId} is not in its row: its status is ${status}`,
      ...{ orderId, userId },
    }));
}

/** Checks that each answered order and payment is written as it was answered, and each that is written was answered. */
export function checkAnswers(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  answered: AnsweredFacts,
): LedgerBreach[] {
  const { endpoints, policies, orderStatus, money } = profile;
  const orders = newRows(before.orders, after.orders, ({ orderId }) => orderId);
  const payments = newRows(before.payments, after.payments, ({ paymentId }) => paymentId);
  const ofUs = new Set(after.accounts.map(({ userId }) => userId));
  const paymentsOf = groupedBy(after.payments, ({ orderId }) => orderId);
  // A refund may remove the row of the payment.
  const refunded = new Set(
    policies.paidOrders === 'cancellable'
      ? after.orders.filter(({ status }) => status === orderStatus.cancelled).map(({ orderId }) => orderId)
      : [],
  );
  const unpaid = answered.payments.filter(
    (answer) =>
      !refunded.has(answer.orderId) &&
      !paymentsOf
        .get(answer.orderId)
        ?.some(
          ({ paymentId, amount }) =>
            paymentId === (answer.paymentId ?? paymentId) && amount === (answer.paidAmount ?? amount),
        ),
  );
  const unwritten = answered.orders.filter(notAmong(after.orders)).filter(({ userId }) => ofUs.has(userId));
  return [
    ...unpaid.map((payment): LedgerBreach => {
      const same = paymentsOf.get(payment.orderId)?.find(({ paymentId }) => paymentId === payment.paymentId);
      return {
        ...(same
          ? {
              check: 'answered-payment-differs',
              sentence:
                `answered payment ${same.paymentId} says ${amountInWords(payment.paidAmount ?? same.amount, money)}, ` +
                `but its row holds ${plainAmount(same.amount, money)}`,
            }
          : {
              check: 'answered-payment-missing',
              sentence: `answered payment has no such row: ${rowsInWords(payment, money)}`,
            }),
        orderId: payment.orderId,
      };
    }),
    ...unwritten.map(({ orderId, userId }): LedgerBreach => ({
      check: 'answered-order-missing',
      sentence: `answered order ${orderId} of user ${userId} has no row`,
      ...{ orderId, userId },
    })),
    // When an answer was lost, its row is one that no answer names.
    ...(answered.lostOrders > 0 ? [] : orders.filter(notAmong(answered.orders)).map(unanswered('order', profile))),
    ...(answered.lostPayments > 0 || isMissing(endpoints.pay)
      ? []
      : payments.filter(notAmong(answered.payments)).map(unanswered('payment', profile))),
  ];
}
