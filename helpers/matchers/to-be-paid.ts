import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { OrderAnswer, PaymentAnswer } from '../api/answers/answers.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import { amountInWords } from '../profile/amount-in-words.ts';
import { offered } from '../profile/endpoint-forms.ts';
import { currentTarget } from '../profile/current-target.ts';
import { matcherResult } from './matcher-result.ts';

/** Returns every problem that keeps an exchange from being the payment of an order. */
export function paymentProblems(
  { outcome, answer, malformed = [] }: Exchange<PaymentAnswer>,
  order: Pick<OrderAnswer, 'orderId' | 'totalAmount'>,
): string[] {
  if (outcome === 'unknown') return ['no answer says whether it was paid'];
  if (outcome !== 'ok') return ['it was not paid'];
  if (!answer) return [...malformed];
  // A field that the target does not send cannot be wrong; a field that its profile names has been checked already.
  const { paidAmount = order.totalAmount, status } = answer;
  const { endpoints, money } = currentTarget();
  const successStatus = offered(endpoints.pay)?.successStatus ?? status;
  return [
    ...malformed,
    ...(answer.orderId === order.orderId ? [] : [`it describes order ${answer.orderId}`]),
    ...(paidAmount === order.totalAmount ? [] : [`it says ${amountInWords(paidAmount, money)} were paid`]),
    ...(status === successStatus ? [] : [`its status is ${status} instead of ${successStatus}`]),
  ];
}

/**
 * Passes when the exchange paid exactly this order, in full.
 *
 * @param remainingBalance the remaining balance that the answer must state, in the smallest unit.
 */
export function toBePaid(
  this: ExpectMatcherState,
  received: Exchange<PaymentAnswer>,
  order: Pick<OrderAnswer, 'orderId' | 'totalAmount'>,
  { remainingBalance }: { remainingBalance?: number } = {},
): MatcherReturnType {
  // Where orders take the balance, it depends on all that wait for their payment; the ledger knows what is left.
  const { policies, money } = currentTarget();
  const tells = policies.balanceIsTakenAt !== 'order';
  const left = tells ? received.answer?.remainingBalance : undefined;
  return matcherResult(this, 'toBePaid', received, {
    expectation: { of: 'success' },
    expected:
      `order ${order.orderId} paid with ${amountInWords(order.totalAmount, money)}` +
      (remainingBalance === undefined ? '' : `, ${amountInWords(remainingBalance, money)} left`),
    problems: [
      ...paymentProblems(received, order),
      ...(remainingBalance === undefined || left === undefined || left === remainingBalance
        ? []
        : [`it says ${amountInWords(left, money)} are left`]),
    ],
  });
}
