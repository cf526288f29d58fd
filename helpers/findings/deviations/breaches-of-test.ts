import type { CallName, Exchange } from '../../api/answers/exchange.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';

/** A wrong state of an order shows in its stock as well, and a payment too many in the balance. */
const worst: readonly LedgerBreach['check'][] = [
  'several-balances',
  'several-payments',
  'below-zero',
  'oversold',
  'payment-of-unpaid-order',
  'paid-without-payment',
  'payment-differs',
  'charged-several-times',
  'charge-without-payment',
  'payment-without-charge',
  'charge-differs',
  'money',
  'stock',
];

const unreadable: Readonly<Partial<Record<LedgerBreach['check'], CallName>>> = {
  'order-not-answered': 'createOrder',
  'payment-not-answered': 'pay',
  // What was topped up is known from the answer alone.
  money: 'chargeBalance',
};

/** Leaves out what an answer may have named that cannot be read, which is a deviation of its own. */
export const withoutUnreadable = (breaches: readonly LedgerBreach[], exchanges: readonly Exchange[]): LedgerBreach[] =>
  breaches.filter(({ check }) => {
    const call = unreadable[check];
    return !exchanges.some(({ name, outcome, answer }) => name === call && outcome === 'ok' && answer === undefined);
  });

/** Returns breaches with those first that were answered and not done: they mislead whatever is tried after them. */
export const isCause = ({ check }: LedgerBreach): boolean => check === 'answered-cancellation-missing';

/** Returns breaches without those that an earlier check has found, which tells them best. */
export const worstFirst = (breaches: readonly LedgerBreach[]): LedgerBreach[] => {
  const rank = ({ check }: LedgerBreach): number => (worst.includes(check) ? worst.indexOf(check) : worst.length);
  return breaches.toSorted((one, other) => rank(one) - rank(other));
};
