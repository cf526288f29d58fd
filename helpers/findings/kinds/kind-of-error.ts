import type { CallName, Exchange } from '../../api/answers/exchange.ts';
import { kinds, type Kind } from './kinds.ts';
import { plainDifference } from '../deviations/plain-difference.ts';

/** Money and goods are spoken of where the tables or the numbers of an answer show it, and not for a failed assertion. */
const speaksOfMoneyOrGoods = (difference: string, error: string): boolean =>
  /\b(balances?|stock|payments?|paymentCount|orderCount|totals|debited\w*|orders (?:made|of the user))\b/i.test(
    difference,
  ) || /"(balances|stock|payments)"/.test(error);

const looks: readonly (readonly [pattern: RegExp, call: CallName])[] = [
  [/"balance"/, 'getBalance'],
  [/"(stock|price|name)"/, 'getProduct'],
  [/"(status|paidAt|createdAt|items|totalAmount)"/, 'getOrder'],
];

/** A cause among those that are allowed, and another one: `expected /^(declined|order-state)$/, seen "balance"`. */
const otherCause = /expected \/\^\([a-z][\w|-]*\)\$\/, seen "([a-z][\w-]*)"/;

/** Returns the cause that an assertion about causes found instead of those that are allowed. */
export const causeInError = (error: string): string | undefined => otherCause.exec(plainDifference(error))?.[1];

/** Returns the call that shows what a difference is about, if the test looked at it. */
export function lookAt(difference: string, exchanges: readonly Exchange[]): CallName | undefined {
  return looks.find(([pattern, call]) => pattern.test(difference) && exchanges.some(({ name }) => name === call))?.[1];
}

/**
 * Returns what a failed assertion is that tells no more than its values.
 *
 * @param kind of the promise that is broken
 */
export function kindOfError(kind: Kind, error: string): Kind {
  // No call changes a name: it is not an old one that is shown, but another.
  if (kind === 'stale-view' && plainDifference(error).includes('"name"')) return 'wrong-content';
  if (kinds[kind].severity !== 'critical') return kind;
  const difference = plainDifference(error);
  // Whose the answer is says all about a key.
  if (kind === 'keys-confused' && /"(userId|orderId|paymentId)"/.test(difference)) return kind;
  if (otherCause.test(difference)) return 'wrong-cause';
  // What an answer says is no proof that money is gone.
  if (/\banswers\b/.test(difference)) return 'wrong-content';
  if (!speaksOfMoneyOrGoods(difference, error) || /\bno new row in\b/.test(difference)) return 'wrong-content';
  // Another order than the one that was meant has come to an end.
  if (/\borders of the user\b/.test(difference)) return 'order-state-broken';
  // Where stock alone differs, no money is gone, and where balances alone differ, no goods are.
  const isOfGoods = difference.includes('"stock"') && !/"(balances?|orders|payments?|totals)"/.test(difference);
  if (isOfGoods && kinds[kind].family === 'money') return 'stock-leaked';
  const isOfMoney = difference.includes('"balances"') && !/"(stock|orders)"/.test(difference);
  return isOfMoney && kinds[kind].family === 'stock' ? 'wrong-amount' : kind;
}
