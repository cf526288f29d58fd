import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { ShownOrderAnswer } from '../api/answers/answers.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import { plainAmount, rowsInWords } from '../profile/amount-in-words.ts';
import type { Id } from '../profile/ids.ts';
import { currentTarget } from '../profile/current-target.ts';
import { isOffered } from '../profile/endpoint-forms.ts';
import { sum } from '../text/sum.ts';
import { matcherResult } from './matcher-result.ts';

/** The order that an exchange must answer with: its owner, its state, and its lines with products and prices. */
export interface ExpectedOrder {
  readonly userId: Id;
  /** `pending` unless said otherwise. */
  readonly status?: 'pending' | 'paid' | 'cancelled';
  readonly lines: readonly {
    readonly productId: Id;
    readonly quantity: number;
    readonly price: number;
    readonly name?: string;
  }[];
}

const said = (amount: number): string => plainAmount(amount, currentTarget().money);

const inWords = (line: unknown): string => rowsInWords(line, currentTarget().money);

/** Returns whether a target says something else than was promised; what it does not say cannot be wrong. */
const differs = <Value>(said: Value | undefined, promised: Value): boolean => said !== undefined && said !== promised;

const lineProblems = (items: NonNullable<ShownOrderAnswer['items']>, lines: ExpectedOrder['lines']): string[] => {
  const { item } = currentTarget().endpoints.createOrder;
  if (item.productId === undefined || item.quantity === undefined) return [];
  const productIds = [...new Set(lines.map(({ productId }) => productId))];
  const wrongLines = productIds.flatMap((productId) => {
    const wanted = lines.filter((line) => line.productId === productId);
    const quantity = sum(wanted.map((line) => line.quantity));
    const { price = 0, name } = wanted[0] ?? {};
    const found = items.filter((one) => one.productId === productId);
    const ordered = sum(found.map((one) => one.quantity ?? 0));
    return [
      ...(ordered === quantity ? [] : [`product ${productId} is ordered ${ordered} times instead of ${quantity}`]),
      ...found
        .filter((one) => differs(one.unitPrice, price) || differs(one.subtotal, price * (one.quantity ?? 0)))
        .map((one) => `line ${inWords(one)} does not follow from the price ${said(price)}`),
      ...found
        .filter((one) => name !== undefined && differs(one.productName, name))
        .map((one) => `product ${productId} is called ${one.productName} instead of ${name}`),
    ];
  });
  const unordered = items.filter(({ productId }) => productId === undefined || !productIds.includes(productId));
  return [...wrongLines, ...unordered.map((one) => `nobody ordered ${inWords(one)}`)];
};

/** Returns whether a discount that the target does not tell makes an order cheaper, where the profile lets it. */
const isCheaper = ({ discountAmount, subtotalAmount, totalAmount }: ShownOrderAnswer): boolean =>
  currentTarget().policies.totals === 'discounted' &&
  (discountAmount === undefined || subtotalAmount === undefined) &&
  totalAmount !== undefined &&
  totalAmount <= (subtotalAmount ?? Infinity);

const orderProblems = (answer: ShownOrderAnswer, { userId, status = 'pending', lines }: ExpectedOrder): string[] => {
  const word = currentTarget().orderStatus[status];
  const total = sum(lines.map(({ quantity, price }) => quantity * price));
  const { subtotalAmount = total, discountAmount = 0, totalAmount = subtotalAmount - discountAmount } = answer;
  return [
    ...(differs(answer.userId, userId) ? [`it belongs to user ${answer.userId}`] : []),
    ...(differs(answer.status, word) ? [`its status is ${answer.status} instead of ${word}`] : []),
    ...(answer.items ? lineProblems(answer.items, lines) : []),
    ...(answer.paidAt && word !== currentTarget().orderStatus.paid ? [`it says it was paid at ${answer.paidAt}`] : []),
    ...(subtotalAmount === total ? [] : [`its subtotal is ${said(subtotalAmount)} instead of ${said(total)}`]),
    ...(totalAmount === subtotalAmount - discountAmount || isCheaper(answer)
      ? []
      : [`its total is ${said(totalAmount)}, not ${said(subtotalAmount)} - ${said(discountAmount)}`]),
  ];
};

const tellsPaidAt = ({ name }: Exchange): boolean => {
  const { getOrder } = currentTarget().endpoints;
  return name === 'getOrder' && isOffered(getOrder) && getOrder.answer.paidAt !== undefined;
};

/** Passes when the exchange answers with exactly this order: lines, prices and sums. */
export function toBeOrdered(
  this: ExpectMatcherState,
  received: Exchange<ShownOrderAnswer>,
  expected: ExpectedOrder,
): MatcherReturnType {
  const { answer, outcome, malformed = [] } = received;
  const lines = expected.lines.map(
    ({ productId, quantity, price }) => `${quantity} × product ${productId} at ${said(price)}`,
  );
  return matcherResult(this, 'toBeOrdered', received, {
    expectation: { of: 'success' },
    expected: `a ${expected.status ?? 'pending'} order of user ${expected.userId}: ${lines.join(', ')}`,
    problems: [
      ...(outcome === 'ok'
        ? malformed
        : [outcome === 'unknown' ? 'no answer says whether there is an order' : 'there is no order']),
      ...(answer ? orderProblems(answer, expected) : []),
      ...(answer && expected.status === 'paid' && tellsPaidAt(received) && !answer.paidAt
        ? ['it does not say when it was paid']
        : []),
    ],
  });
}
