import type { Exchange } from '../../api/answers/exchange.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import { isMissing, offered } from '../../profile/endpoint-forms.ts';
import { moneyCodec } from '../../profile/money-codec.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { isRecord, parseJson, valueAt } from '../../text/json.ts';
import type { Kind } from './kinds.ts';

type Call = Exchange['name'];

/** What a breach is, and whose doing. */
export interface Told {
  readonly kind: Kind;
  readonly call?: Call | undefined;
}

/** Returns the amount of a top-up, as it was asked for, in the smallest unit; NaN where it asks for none. */
const amountOf = ({ request }: Exchange, { endpoints, money }: TargetProfile): number => {
  const field = offered(endpoints.chargeBalance)?.body.amount;
  return field === undefined ? NaN : moneyCodec(money).fromJson(valueAt(parseJson(request.body ?? ''), field));
};

/** Returns whether one order was paid for more than once, refusals aside. */
const hasRepeatedPayment = (made: readonly Exchange[]): boolean => {
  const paid = made.filter(({ name, outcome }) => name === 'pay' && outcome !== 'refused');
  return new Set(paid.map(({ request }) => request.path)).size < paid.length;
};

/** Returns whether an amount is the totals of orders that were cancelled, of one of them or of all. */
const isGivenBack = (won: number, made: readonly Exchange[]): boolean => {
  const answers = made.flatMap(({ name, outcome, answer }) =>
    outcome === 'ok' && (name === 'cancelOrder' || name === 'createOrder') && isRecord(answer)
      ? [{ name, answer }]
      : [],
  );
  const cancelled = new Set(answers.flatMap(({ name, answer }) => (name === 'cancelOrder' ? [answer.orderId] : [])));
  const totals = [...cancelled].map((id) => {
    const found = answers.find(({ answer }) => answer.orderId === id && typeof answer.totalAmount === 'number');
    return Number(found?.answer.totalAmount);
  });
  const all = totals.reduce((sum, total) => sum + total, 0);
  return totals.includes(won) || (totals.length > 0 && all === won);
};

/** Returns whether an amount is what top-ups have added that were sent again. */
const isAddedAgain = (won: number, made: readonly Exchange[], profile: TargetProfile): boolean => {
  const charges = made.filter(({ name, outcome }) => name === 'chargeBalance' && outcome === 'ok');
  return charges.some((one, place) => {
    const amount = amountOf(one, profile);
    const isAgain = charges
      .slice(0, place)
      .some(({ idempotencyKey: key }) => key !== undefined && key === one.idempotencyKey);
    return isAgain && amount > 0 && won % amount === 0;
  });
};

/**
 * Returns whether a top-up was answered with the answer to an earlier one, under another key. Those at the same time may
 * answer the same by overwriting each other.
 */
const isAnsweredForOther = (made: readonly Exchange[]): boolean => {
  const charges = made.filter(({ name, outcome }) => name === 'chargeBalance' && outcome === 'ok');
  return charges.some((one) =>
    charges.some(
      ({ response, idempotencyKey, sentAtMs, durationMs }) =>
        sentAtMs + durationMs <= one.sentAtMs &&
        idempotencyKey !== one.idempotencyKey &&
        response !== undefined &&
        response.body === one.response?.body,
    ),
  );
};

const isMultiple = (won: number, amount: unknown, most: number): boolean =>
  typeof amount === 'number' && amount > 0 && won % amount === 0 && won / amount <= most;

/** Returns whether an amount is what payments have kept that were declined or failed, and not what top-ups were to add. */
const isKeptUnpaid = (won: number, made: readonly Exchange[], profile: TargetProfile): boolean => {
  const charges = made.filter(({ name, outcome }) => name === 'chargeBalance' && outcome === 'ok');
  if (charges.some((charge) => isMultiple(won, amountOf(charge, profile), charges.length))) return false;
  const unpaid = made.filter(({ name, outcome }) => name === 'pay' && outcome !== 'ok').length;
  return made.some(
    ({ name, answer }) => name === 'createOrder' && isRecord(answer) && isMultiple(won, answer.totalAmount, unpaid),
  );
};

const ofMoney = ({ expected = 0, seen = 0 }: LedgerBreach, made: readonly Exchange[], profile: TargetProfile): Told => {
  const did = (call: Call): boolean => made.some(({ name }) => name === call);
  const paid = made.filter(({ name, outcome }) => name === 'pay' && outcome !== 'refused');
  const difference = seen - expected;
  if (difference < 0) {
    // An order is charged twice only where it was paid for more than once.
    if (hasRepeatedPayment(made)) return { kind: 'charged-twice', call: 'pay' };
    if (isGivenBack(-difference, made)) return { kind: 'refund-lost', call: 'cancelOrder' };
    if (did('chargeBalance') && !isKeptUnpaid(-difference, made, profile)) {
      return { kind: isAnsweredForOther(made) ? 'keys-confused' : 'top-up-lost', call: 'chargeBalance' };
    }
    if (did('pay')) return { kind: 'debited-without-payment', call: 'pay' };
    return { kind: 'debited-without-payment', call: did('cancelOrder') ? 'cancelOrder' : 'createOrder' };
  }
  const isRefusedTopUp = (one: Exchange): boolean =>
    one.name === 'chargeBalance' && one.outcome === 'refused' && amountOf(one, profile) === difference;
  if (made.some(isRefusedTopUp)) return { kind: 'written-but-not-answered', call: 'chargeBalance' };
  const isUnpaid = paid.length === 0 || isGivenBack(difference, made);
  if (did('cancelOrder') && isUnpaid) return { kind: 'refunded-too-much', call: 'cancelOrder' };
  const isToppedUp = paid.length === 0 || isAddedAgain(difference, made, profile);
  if (did('chargeBalance') && isToppedUp) return { kind: 'topped-up-twice', call: 'chargeBalance' };
  return did('pay') ? { kind: 'paid-without-debit', call: 'pay' } : { kind: 'topped-up-twice' };
};

const ofStock = (breach: LedgerBreach, made: readonly Exchange[], profile: TargetProfile): Told => {
  const taking: Call = profile.policies.stockIsTakenAt === 'order' ? 'createOrder' : 'pay';
  const cancelled = made.some(({ name, outcome }) => name === 'cancelOrder' && outcome === 'ok');
  const isTooMuch = (breach.seen ?? 0) > (breach.expected ?? 0);
  // A paid order that was cancelled has to give its pieces back; one that nobody has paid may have taken none.
  const hasTaken = taking === 'createOrder' || profile.policies.paidOrders === 'cancellable';
  return { kind: 'stock-leaked', call: cancelled && (isTooMuch || hasTaken) ? 'cancelOrder' : taking };
};

/** Returns whether the payments of a breach are more than its user was debited for. */
const isUndebited = ({ userId }: LedgerBreach, breaches: readonly LedgerBreach[]): boolean =>
  breaches.some(
    ({ check, userId: ofUser, expected = 0, seen = 0 }) => check === 'money' && ofUser === userId && seen > expected,
  );

/**
 * Returns whether one user has too little by what another one has too much, and payments do not say who has paid: one of them has
 * paid for the other.
 */
const isPaidByAnother = (
  { userId, expected = 0, seen = 0 }: LedgerBreach,
  breaches: readonly LedgerBreach[],
  { tables: { payments } }: TargetProfile,
): boolean =>
  (isMissing(payments) || payments.userId === undefined) &&
  breaches.some(
    (other) =>
      other.check === 'money' &&
      other.userId !== userId &&
      (other.seen ?? 0) - (other.expected ?? 0) === expected - seen,
  );

/**
 * Returns what a breach of the ledger is, as far as the requests that concern it tell.
 *
 * @param breaches all that were found, this one among them
 */
export function kindOfBreach(
  breach: LedgerBreach,
  breaches: readonly LedgerBreach[],
  made: readonly Exchange[],
  profile: TargetProfile,
): Told {
  switch (breach.check) {
    case 'below-zero':
      return { kind: 'below-zero', call: 'pay' };
    case 'oversold':
      return { kind: 'oversold', call: profile.policies.stockIsTakenAt === 'order' ? 'createOrder' : 'pay' };
    case 'money':
      if (breach.isUnderWay) return { kind: 'seen-half-done', call: ofMoney(breach, made, profile).call };
      if (isPaidByAnother(breach, breaches, profile)) return { kind: 'paid-foreign-order', call: 'pay' };
      return ofMoney(breach, made, profile);
    case 'stock':
      if (breach.isUnderWay) return { kind: 'seen-half-done', call: ofStock(breach, made, profile).call };
      return ofStock(breach, made, profile);
    case 'several-balances':
      return {
        kind: 'balance-split',
        call: made.some(({ name }) => name === 'chargeBalance') ? 'chargeBalance' : 'pay',
      };
    case 'several-payments':
      if (!isUndebited(breach, breaches)) return { kind: 'charged-twice', call: 'pay' };
      return { kind: hasRepeatedPayment(made) ? 'replay-executed' : 'paid-without-debit', call: 'pay' };
    case 'paid-without-payment':
      return { kind: 'order-inconsistent', call: 'pay' };
    case 'payment-of-unpaid-order':
      return {
        kind: 'order-inconsistent',
        call: made.some(({ name }) => name === 'cancelOrder') ? 'cancelOrder' : 'pay',
      };
    case 'payment-differs':
      return { kind: breach.expected === undefined ? 'paid-foreign-order' : 'wrong-amount', call: 'pay' };
    case 'charged-several-times':
      return { kind: 'charged-twice', call: 'pay' };
    case 'charge-without-payment':
      return { kind: 'charged-without-payment', call: 'pay' };
    case 'payment-without-charge':
      return { kind: 'paid-without-charge', call: 'pay' };
    case 'charge-differs':
      return { kind: 'wrong-amount', call: 'pay' };
    case 'order-without-lines':
      return { kind: 'order-incomplete', call: 'createOrder' };
    case 'subtotal':
      return { kind: 'order-inconsistent', call: 'createOrder' };
    case 'foreign-payment':
      return { kind: 'paid-foreign-order', call: 'pay' };
    case 'answered-payment-differs':
      return { kind: 'wrong-content', call: 'pay' };
    case 'answered-payment-missing':
      return { kind: 'answered-but-not-written', call: 'pay' };
    case 'answered-cancellation-missing':
      return { kind: 'answered-but-not-written', call: 'cancelOrder' };
    case 'answered-order-missing':
      return { kind: 'answered-but-not-written', call: 'createOrder' };
    case 'order-not-answered':
      return { kind: 'written-but-not-answered', call: 'createOrder' };
    case 'payment-not-answered':
      return { kind: 'written-but-not-answered', call: 'pay' };
  }
}
