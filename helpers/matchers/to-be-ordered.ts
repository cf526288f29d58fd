import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { OrderAnswer } from '../answers.ts';
import type { Exchange } from '../exchange.ts';
import { currentTarget } from '../targets/current-target.ts';
import { matcherResult } from './matcher-result.ts';

/** What an order must be: whose, in which state, and how many pieces of which product at which price. */
export interface ExpectedOrder {
  readonly userId: number;
  /** `pending` unless said otherwise. */
  readonly status?: 'pending' | 'paid' | 'cancelled';
  readonly lines: readonly { readonly productId: number; readonly quantity: number; readonly price: number }[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const orderProblems = (answer: OrderAnswer, { userId, status = 'pending', lines }: ExpectedOrder): string[] => {
  const word = currentTarget().orderStatus[status];
  const productIds = [...new Set(lines.map(({ productId }) => productId))];
  const wrongLines = productIds.flatMap((productId) => {
    const wanted = lines.filter((line) => line.productId === productId);
    const quantity = sum(wanted.map((line) => line.quantity));
    const price = wanted[0]?.price ?? 0;
    const found = answer.items.filter((item) => item.productId === productId);
    const ordered = sum(found.map((item) => item.quantity));
    return [
      ...(ordered === quantity ? [] : [`product ${productId} is ordered ${ordered} times instead of ${quantity}`]),
      ...found
        .filter((item) => item.unitPrice !== price || item.subtotal !== item.unitPrice * item.quantity)
        .map((item) => `line ${JSON.stringify(item)} does not follow from the price ${price}`),
    ];
  });
  const strange = answer.items.filter(({ productId }) => !productIds.includes(productId));
  const subtotal = sum(lines.map(({ quantity, price }) => quantity * price));
  return [
    ...(answer.userId === userId ? [] : [`it belongs to user ${answer.userId}`]),
    ...(answer.status === word ? [] : [`its status is ${answer.status} instead of ${word}`]),
    ...wrongLines,
    ...strange.map((item) => `nobody ordered ${JSON.stringify(item)}`),
    ...(answer.subtotalAmount === subtotal ? [] : [`its subtotal is ${answer.subtotalAmount} instead of ${subtotal}`]),
    ...(answer.totalAmount === answer.subtotalAmount - answer.discountAmount
      ? []
      : [`its total is ${answer.totalAmount}, not ${answer.subtotalAmount} - ${answer.discountAmount}`]),
  ];
};

/** The exchange answers with exactly this order: lines, prices and sums. */
export function toBeOrdered(
  this: ExpectMatcherState,
  received: Exchange<OrderAnswer>,
  expected: ExpectedOrder,
): MatcherReturnType {
  const { answer, outcome, malformed = [] } = received;
  const lines = expected.lines.map(
    ({ productId, quantity, price }) => `${quantity} × product ${productId} at ${price}`,
  );
  return matcherResult(this, 'toBeOrdered', received, {
    expected: `a ${expected.status ?? 'pending'} order of user ${expected.userId}: ${lines.join(', ')}`,
    problems: [
      ...(outcome === 'ok' ? malformed : ['there is no order']),
      ...(answer ? orderProblems(answer, expected) : []),
    ],
  });
}
