import { startUpper } from '../text/start-upper.ts';
import type { Exchange } from '../api/exchange.ts';
import type { LedgerBreach } from '../ledger/ledger.ts';
import type { Id } from '../profile/ids.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { isChanging } from './call-words.ts';
import { widestCircumstance } from './circumstance-of.ts';
import type { Circumstance } from './circumstances.ts';
import { callIn } from './call-in.ts';
import type { Deviation } from './deviation.ts';
import type { Kind } from './kinds.ts';

type Call = Exchange['name'];

/** Returns whether a request or its answer names a user, an order or a product. */
const names = ({ request, response }: Exchange, id: Id): boolean =>
  [request.path, request.body, response?.body].some((text) => text?.split(/[^\w-]+/).includes(String(id)));

interface Told {
  readonly kind: Kind;
  readonly call?: Call | undefined;
}

const ofMoney = ({ expected = 0, seen = 0 }: LedgerBreach, made: readonly Exchange[]): Told => {
  const did = (call: Call): boolean => made.some(({ name }) => name === call);
  const paid = made.filter(({ name, outcome }) => name === 'pay' && outcome !== 'refused');
  const difference = seen - expected;
  if (difference < 0) {
    if (did('pay')) return { kind: paid.length > 1 ? 'charged-twice' : 'debited-without-payment', call: 'pay' };
    if (did('chargeBalance')) return { kind: 'top-up-lost', call: 'chargeBalance' };
    return { kind: 'debited-without-payment', call: did('cancelOrder') ? 'cancelOrder' : 'createOrder' };
  }
  if (did('cancelOrder') && paid.length === 0) return { kind: 'refunded-too-much', call: 'cancelOrder' };
  if (did('chargeBalance') && paid.length === 0) return { kind: 'topped-up-twice', call: 'chargeBalance' };
  return did('pay') ? { kind: 'paid-without-debit', call: 'pay' } : { kind: 'topped-up-twice' };
};

const ofStock = (breach: LedgerBreach, made: readonly Exchange[], profile: TargetProfile): Told => {
  const taking: Call = profile.policies.stockIsTakenAt === 'order' ? 'createOrder' : 'pay';
  const cancelled = made.some(({ name, outcome }) => name === 'cancelOrder' && outcome === 'ok');
  const isTooMuch = (breach.seen ?? 0) > (breach.expected ?? 0);
  return { kind: 'stock-leaked', call: cancelled && isTooMuch ? 'cancelOrder' : taking };
};

const told = (breach: LedgerBreach, made: readonly Exchange[], profile: TargetProfile): Told => {
  switch (breach.check) {
    case 'below-zero':
      return { kind: 'below-zero', call: 'pay' };
    case 'oversold':
      return { kind: 'oversold', call: profile.policies.stockIsTakenAt === 'order' ? 'createOrder' : 'pay' };
    case 'money':
      return ofMoney(breach, made);
    case 'stock':
      return ofStock(breach, made, profile);
    case 'several-payments':
      return { kind: 'charged-twice', call: 'pay' };
    case 'paid-without-payment':
      return { kind: 'order-inconsistent', call: 'pay' };
    case 'payment-of-unpaid-order':
      return {
        kind: 'order-inconsistent',
        call: made.some(({ name }) => name === 'cancelOrder') ? 'cancelOrder' : 'pay',
      };
    case 'payment-differs':
      return { kind: breach.expected === undefined ? 'paid-foreign-order' : 'wrong-amount', call: 'pay' };
    case 'order-without-lines':
    case 'subtotal':
      return { kind: 'order-inconsistent', call: 'createOrder' };
    case 'foreign-payment':
      return { kind: 'paid-foreign-order', call: 'pay' };
    case 'answered-payment-missing':
      return { kind: 'answered-but-not-written', call: 'pay' };
    case 'answered-order-missing':
      return { kind: 'answered-but-not-written', call: 'createOrder' };
    case 'order-not-answered':
      return { kind: 'written-but-not-answered', call: 'createOrder' };
    case 'payment-not-answered':
      return { kind: 'written-but-not-answered', call: 'pay' };
  }
};

/** Returns what the tables show, in numbers where the check has any. */
const fact = ({ check, sentence, userId, productId, expected = 0, seen = 0 }: LedgerBreach): string => {
  const difference = seen - expected;
  if (check === 'below-zero') return `the balance of user ${userId} went to ${seen} won`;
  if (check === 'oversold') return `the stock of product ${productId} went to ${seen}`;
  if (check === 'money') {
    const odd = difference < 0 ? `${-difference} won are gone` : `${difference} won came from nowhere`;
    return `the balance of user ${userId} is ${seen} won and should be ${expected}: ${odd}`;
  }
  if (check === 'stock') {
    const odd = difference < 0 ? `${-difference} too few` : `${difference} too many`;
    return `the stock of product ${productId} is ${seen} and should be ${expected}: ${odd}`;
  }
  return sentence;
};

/**
 * Returns the breach that the tables show, and whose doing it is, as far as the requests of the test tell.
 *
 * @param all the requests of the test
 * @param simplest its circumstance, where the requests show none
 */
export function deviationOfLedger(
  profile: TargetProfile,
  breach: LedgerBreach,
  all: readonly Exchange[],
  simplest: Circumstance,
): Deviation {
  const concerned = [breach.userId, breach.orderId, breach.productId].filter((id) => id !== undefined);
  const made = all.filter((exchange) => isChanging(exchange.name) && concerned.some((id) => names(exchange, id)));
  const { kind, call } = told(breach, made, profile);
  const isOfCall = ({ name }: Exchange): boolean => call === undefined || name === call;
  const ofOwn = made.filter(isOfCall);
  // A payment does not name the product that it takes.
  const ofCall = ofOwn.length > 0 ? ofOwn : all.filter(isOfCall);
  const circumstance = widestCircumstance(ofCall, all);
  const { expected, seen } = breach;
  const shownIn = circumstance === 'once' ? simplest : circumstance;
  return {
    kind,
    ...(call !== undefined && { call }),
    circumstance: shownIn,
    sentence: `${startUpper(call === undefined ? fact(breach) : `${callIn(call, shownIn)}: ${fact(breach)}`)}.`,
    numbers: {
      ...(expected !== undefined && { expected }),
      ...(seen !== undefined && { seen }),
    },
    details: [],
    check: breach.check,
  };
}
