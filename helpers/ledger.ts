import { answeredFacts, type AnsweredFacts } from './answered-facts.ts';
import type { Id } from './ids.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { TargetProfile } from './target-profile/target-profile.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const signed = (value: number): string => (value >= 0 ? `+${value}` : String(value));

const newRows = <Row>(before: readonly Row[], after: readonly Row[], id: (row: Row) => Id): Row[] => {
  const known = new Set(before.map(id));
  return after.filter((row) => !known.has(id(row)));
};

/**
 * Checks that money and stock of some accounts and products were conserved between two snapshots, and that the rows
 * agree with one another and with what the API answered.
 *
 * @returns what is wrong, a sentence each with the rows concerned; nothing when all is well.
 */
export function checkLedger(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  answered: AnsweredFacts,
): string[] {
  // What was wrong with older orders before is not this run's doing.
  const known = new Set(checkPayments(profile, before));
  return [
    ...checkMoney(before, after, answered),
    ...checkStock(profile, before, after),
    ...checkPayments(profile, after).filter((problem) => !known.has(problem)),
    ...checkStrays(before, after),
    ...checkAnswers(before, after, answered),
  ];
}

/**
 * Checks only that money and stock are conserved and nobody is below zero, for a moment at which requests are still
 * under way. Top-ups would show as a deviation, so none may be among them.
 */
export function checkConservation(profile: TargetProfile, before: LedgerSnapshot, after: LedgerSnapshot): string[] {
  return [...checkMoney(before, after, answeredFacts([])), ...checkStock(profile, before, after)];
}

function checkMoney(before: LedgerSnapshot, after: LedgerSnapshot, { deposits, lostCharges }: AnsweredFacts): string[] {
  const payments = newRows(before.payments, after.payments, ({ paymentId }) => paymentId);
  return after.accounts.flatMap(({ userId, balance }) => {
    const opening = before.accounts.find((account) => account.userId === userId)?.balance ?? 0;
    const paid = sum(payments.filter((payment) => payment.userId === userId).map(({ amount }) => amount));
    const deposited = deposits.get(userId) ?? 0;
    const expected = opening + deposited - paid;
    return [
      ...(balance < 0 ? [`user ${userId} is below zero: balance ${balance}`] : []),
      // A charge whose answer was lost may have arrived all the same.
      ...(balance === expected || (lostCharges > 0 && balance > expected)
        ? []
        : [
            `money of user ${userId} is not conserved: ${opening} before, +${deposited} charged, -${paid} in payments ` +
              `makes ${expected}, but the balance is ${balance} (${signed(balance - expected)})`,
          ]),
    ];
  });
}

/** How many pieces of a product the orders of a ledger have taken out of stock. */
export function piecesTaken(
  { policies, orderStatus }: TargetProfile,
  { orders, items }: Pick<LedgerSnapshot, 'orders' | 'items'>,
  productId: Id,
): number {
  const takesStock = (status: string): boolean =>
    policies.stockIsTakenAt === 'order' ? status !== orderStatus.cancelled : status === orderStatus.paid;
  const taking = new Set(orders.filter(({ status }) => takesStock(status)).map(({ orderId }) => orderId));
  return sum(
    items.filter((item) => item.productId === productId && taking.has(item.orderId)).map(({ quantity }) => quantity),
  );
}

function checkStock(profile: TargetProfile, before: LedgerSnapshot, after: LedgerSnapshot): string[] {
  return after.products.flatMap(({ productId, stock }) => {
    const opening = before.products.find((product) => product.productId === productId)?.stock ?? 0;
    const taken = piecesTaken(profile, after, productId) - piecesTaken(profile, before, productId);
    return [
      ...(stock < 0 ? [`product ${productId} is oversold: stock ${stock}`] : []),
      ...(stock === opening - taken
        ? []
        : [
            `stock of product ${productId} is not conserved: ${opening} before, -${taken} in orders makes ` +
              `${opening - taken}, but the stock is ${stock} (${signed(stock - opening + taken)})`,
          ]),
    ];
  });
}

function checkPayments({ orderStatus }: TargetProfile, ledger: LedgerSnapshot): string[] {
  return ledger.orders.flatMap(({ orderId, userId, total, status }) => {
    const payments = ledger.payments.filter((payment) => payment.orderId === orderId);
    const order = `order ${orderId} (${status}, total ${total})`;
    return [
      ...(payments.length > 1 ? [`${order} has ${payments.length} payments: ${JSON.stringify(payments)}`] : []),
      ...(status === orderStatus.paid && payments.length === 0 ? [`${order} has no payment`] : []),
      ...(status !== orderStatus.paid && payments.length > 0
        ? [`${order} has payment ${JSON.stringify(payments)}`]
        : []),
      ...payments
        .filter((payment) => payment.amount !== total || payment.userId !== userId)
        .map((payment) => `${order} of user ${userId} was paid as ${JSON.stringify(payment)}`),
      ...(ledger.items.some((item) => item.orderId === orderId) ? [] : [`${order} has no lines`]),
    ];
  });
}

function checkStrays(before: LedgerSnapshot, after: LedgerSnapshot): string[] {
  const strays = newRows(before.payments, after.payments, ({ paymentId }) => paymentId).filter(
    (payment) => !after.orders.some(({ orderId }) => orderId === payment.orderId),
  );
  return strays.map((payment) => `payment of a foreign order: ${JSON.stringify(payment)}`);
}

function checkAnswers(before: LedgerSnapshot, after: LedgerSnapshot, answered: AnsweredFacts): string[] {
  const orders = newRows(before.orders, after.orders, ({ orderId }) => orderId);
  const payments = newRows(before.payments, after.payments, ({ paymentId }) => paymentId);
  const ofUs = new Set(after.accounts.map(({ userId }) => userId));
  const unpaid = answered.payments.filter(
    (answer) =>
      !after.payments.some(
        ({ paymentId, orderId, amount }) =>
          orderId === answer.orderId &&
          paymentId === (answer.paymentId ?? paymentId) &&
          amount === (answer.paidAmount ?? amount),
      ),
  );
  const unwritten = answered.orders.filter(
    (answer) => ofUs.has(answer.userId) && !after.orders.some(({ orderId }) => orderId === answer.orderId),
  );
  return [
    ...unpaid.map((payment) => `answered payment has no such row: ${JSON.stringify(payment)}`),
    ...unwritten.map(({ orderId, userId }) => `answered order ${orderId} of user ${userId} has no row`),
    // With a lost answer, a row that nobody was told of is exactly what may be there.
    ...(answered.lostOrders > 0
      ? []
      : orders
          .filter(({ orderId }) => !answered.orders.some((answer) => answer.orderId === orderId))
          .map((order) => `order that no answer told of: ${JSON.stringify(order)}`)),
    ...(answered.lostPayments > 0
      ? []
      : payments
          .filter(({ orderId }) => !answered.payments.some((answer) => answer.orderId === orderId))
          .map((payment) => `payment that no answer told of: ${JSON.stringify(payment)}`)),
  ];
}
