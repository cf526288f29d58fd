import { answeredFacts, type AnsweredFacts } from './answered-facts.ts';
import { checkCharges } from './check-charges.ts';
import { groupedBy } from '../text/words/grouped-by.ts';
import type { Id } from '../profile/ids.ts';
import { moneyTaken, piecesTaken, totalOf } from './taken.ts';
import type { LedgerBreach } from './ledger-breach.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { isMissing } from '../profile/endpoint-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

export type { LedgerBreach } from './ledger-breach.ts';

/** Returns `-3`, or `+3` where less than nothing is taken. */
const less = (value: number): string => (value < 0 ? `+${-value}` : `-${value}`);

const signed = (value: number): string => (value >= 0 ? `+${value}` : String(value));

const newRows = <Row>(before: readonly Row[], after: readonly Row[], id: (row: Row) => Id): Row[] => {
  const known = new Set(before.map(id));
  return after.filter((row) => !known.has(id(row)));
};

/**
 * Checks that money and stock of some accounts and products were conserved between two snapshots, and that the rows
 * agree with one another and with what the API answered.
 *
 * @returns every breach, with the rows concerned; nothing when the ledger is consistent.
 */
export function checkLedger(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  answered: AnsweredFacts,
): LedgerBreach[] {
  // Violations of older orders that were there before are not this run's doing.
  const checkRows = (ledger: LedgerSnapshot): LedgerBreach[] => [
    ...checkPayments(profile, ledger),
    ...checkCharges(profile, ledger),
    ...checkSubtotals(ledger),
  ];
  const known = new Set(checkRows(before).map(({ sentence }) => sentence));
  return [
    ...checkNobodyBelowZero(after),
    ...checkMoney(profile, before, after, answered),
    ...checkStock(profile, before, after),
    ...checkRows(after).filter(({ sentence }) => !known.has(sentence)),
    ...checkForeignPayments(before, after),
    ...checkAnswers(profile, before, after, answered),
    ...checkCancellations(profile, after, answered),
  ];
}

/**
 * Checks only that money and stock are conserved and nobody is below zero, for a moment at which requests are still
 * under way. Top-ups would show as a deviation, so none may be among them.
 */
export function checkConservation(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
): LedgerBreach[] {
  return [
    ...checkNobodyBelowZero(after),
    ...checkMoney(profile, before, after, answeredFacts([])),
    ...checkStock(profile, before, after),
  ];
}

/** Checks only that nobody is below zero, which must hold even in the middle of a payment that is made in steps. */
export function checkNobodyBelowZero({ accounts, products }: LedgerSnapshot): LedgerBreach[] {
  return [
    ...accounts
      .filter(({ balance }) => balance < 0)
      .map(({ userId, balance }): LedgerBreach => ({
        check: 'below-zero',
        sentence: `user ${userId} is below zero: balance ${balance}`,
        userId,
        seen: balance,
      })),
    ...products
      .filter(({ stock }) => stock < 0)
      .map(({ productId, stock }): LedgerBreach => ({
        check: 'oversold',
        sentence: `product ${productId} is oversold: stock ${stock}`,
        productId,
        seen: stock,
      })),
  ];
}

function checkMoney(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  { deposits, lostCharges }: AnsweredFacts,
): LedgerBreach[] {
  const { policies } = profile;
  const openings = new Map(before.accounts.map(({ userId, balance }) => [userId, balance]));
  const [takenBefore, takenAfter] = [moneyTaken(profile, before), moneyTaken(profile, after)];
  return after.accounts.flatMap(({ userId, balance }) => {
    const opening = openings.get(userId) ?? 0;
    const paid = (takenAfter.get(userId) ?? 0) - (takenBefore.get(userId) ?? 0);
    const deposited = deposits.get(userId) ?? 0;
    const expected = opening + deposited - paid;
    // A charge whose answer was lost may have arrived all the same.
    return balance === expected || (lostCharges > 0 && balance > expected)
      ? []
      : [
          {
            check: 'money',
            sentence:
              `money of user ${userId} is not conserved: ${opening} before, ${signed(deposited)} charged, ${less(paid)} in ${policies.balanceIsTakenAt === 'order' ? 'orders' : 'payments'} ` +
              `makes ${expected}, but the balance is ${balance} (${signed(balance - expected)})`,
            ...{ userId, expected, seen: balance },
          },
        ];
  });
}

function checkStock(profile: TargetProfile, before: LedgerSnapshot, after: LedgerSnapshot): LedgerBreach[] {
  const openings = new Map(before.products.map(({ productId, stock }) => [productId, stock]));
  const [takenBefore, takenAfter] = [piecesTaken(profile, before), piecesTaken(profile, after)];
  return after.products.flatMap(({ productId, stock }) => {
    const opening = openings.get(productId) ?? 0;
    const taken = (takenAfter.get(productId) ?? 0) - (takenBefore.get(productId) ?? 0);
    return stock === opening - taken
      ? []
      : [
          {
            check: 'stock',
            sentence:
              `stock of product ${productId} is not conserved: ${opening} before, ${less(taken)} in orders makes ` +
              `${opening - taken}, but the stock is ${stock} (${signed(stock - opening + taken)})`,
            ...{ productId, expected: opening - taken, seen: stock },
          },
        ];
  });
}

/** Returns whether an order in this state must have a payment. */
const isToBePaid = ({ endpoints, orderStatus, tables }: TargetProfile, status: string): boolean => {
  if (isMissing(tables.payments)) return false;
  // Without a call that pays, orders are paid as they are placed.
  return isMissing(endpoints.pay) ? status !== orderStatus.cancelled : status === orderStatus.paid;
};

function checkPayments(profile: TargetProfile, ledger: LedgerSnapshot): LedgerBreach[] {
  const { policies, orderStatus } = profile;
  const paymentsOf = groupedBy(ledger.payments, ({ orderId }) => orderId);
  const withLines = new Set(ledger.items.map(({ orderId }) => orderId));
  const isRefunded = (status: string): boolean =>
    policies.paidOrders === 'cancellable' && status === orderStatus.cancelled;
  return ledger.orders.flatMap(({ orderId, userId, total, status }) => {
    const payments = paymentsOf.get(orderId) ?? [];
    const order = `order ${orderId} (${status}, total ${total})`;
    const breach = (check: LedgerBreach['check'], what: string): LedgerBreach => ({
      check,
      sentence: `${order} ${what}`,
      ...{ orderId, userId },
    });
    return [
      ...(payments.length > 1
        ? [breach('several-payments', `has ${payments.length} payments: ${JSON.stringify(payments)}`)]
        : []),
      ...(isToBePaid(profile, status) && payments.length === 0
        ? [breach('paid-without-payment', 'has no payment')]
        : []),
      ...(!isToBePaid(profile, status) && payments.length > 0 && !isRefunded(status)
        ? [breach('payment-of-unpaid-order', `has payment ${JSON.stringify(payments)}`)]
        : []),
      ...payments
        .filter((payment) => payment.amount !== total || payment.userId !== userId)
        .map((payment) => ({
          ...breach('payment-differs', `of user ${userId} was paid as ${JSON.stringify(payment)}`),
          ...(payment.amount !== total && { expected: total, seen: payment.amount }),
        })),
      ...(withLines.has(orderId) ? [] : [breach('order-without-lines', 'has no lines')]),
    ];
  });
}

/** Compares the lines of each order with its subtotal, where the tables have both. */
function checkSubtotals({ orders, items }: LedgerSnapshot): LedgerBreach[] {
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
        sentence: `order ${orderId} (${status}, subtotal ${subtotal}) has lines of ${total} together: ${JSON.stringify(lines)}`,
        ...{ orderId, expected: total, seen: subtotal },
      },
    ];
  });
}

function checkForeignPayments(before: LedgerSnapshot, after: LedgerSnapshot): LedgerBreach[] {
  const known = orderIds(after.orders);
  return newRows(before.payments, after.payments, ({ paymentId }) => paymentId)
    .filter(({ orderId }) => !known.has(orderId))
    .map((payment) => ({
      check: 'foreign-payment',
      sentence: `payment of a foreign order: ${JSON.stringify(payment)}`,
      ...{ orderId: payment.orderId, userId: payment.userId },
    }));
}

const orderIds = (rows: readonly { readonly orderId: Id }[]): Set<Id> => new Set(rows.map(({ orderId }) => orderId));

/**
 * Checks that no order is left as it was whose cancellation was answered. One that is not there, and one that was paid
 * all the same, are other breaches.
 */
function checkCancellations(
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

function checkAnswers(
  { endpoints, policies, orderStatus }: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  answered: AnsweredFacts,
): LedgerBreach[] {
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
  const written = orderIds(after.orders);
  const toldOrders = orderIds(answered.orders);
  const toldPayments = orderIds(answered.payments);
  const unwritten = answered.orders.filter(({ userId, orderId }) => ofUs.has(userId) && !written.has(orderId));
  return [
    ...unpaid.map((payment): LedgerBreach => {
      const same = paymentsOf.get(payment.orderId)?.find(({ paymentId }) => paymentId === payment.paymentId);
      return {
        ...(same
          ? {
              check: 'answered-payment-differs',
              sentence: `answered payment ${same.paymentId} says ${payment.paidAmount} won, but its row holds ${same.amount}`,
            }
          : {
              check: 'answered-payment-missing',
              sentence: `answered payment has no such row: ${JSON.stringify(payment)}`,
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
    ...(answered.lostOrders > 0
      ? []
      : orders
          .filter(({ orderId }) => !toldOrders.has(orderId))
          .map((order): LedgerBreach => ({
            check: 'order-not-answered',
            sentence: `order that no answer names: ${JSON.stringify(order)}`,
            ...{ orderId: order.orderId, userId: order.userId },
          }))),
    ...(answered.lostPayments > 0 || isMissing(endpoints.pay)
      ? []
      : payments
          .filter(({ orderId }) => !toldPayments.has(orderId))
          .map((payment): LedgerBreach => ({
            check: 'payment-not-answered',
            sentence: `payment that no answer names: ${JSON.stringify(payment)}`,
            ...{ orderId: payment.orderId, userId: payment.userId },
          }))),
  ];
}
