import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { OrderAnswer, PaymentAnswer } from '../api/answers/answers.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import { amountInWords } from '../profile/amount-in-words.ts';
import { offered } from '../profile/endpoint-forms.ts';
import { currentTarget } from '../profile/current-target.ts';
import type { NamedReason } from '../profile/refusal-forms.ts';
import { matcherResult } from './matcher-result.ts';
import { paymentProblems } from './to-be-paid.ts';
import { refusalProblems } from './to-be-refused-for.ts';

/**
 * Passes when the concurrent exchanges of one key are a single payment: at least one paid, all successful answers say
 * the same, and the rest were refused as in progress where the profile allows that; where payments take no keys, also
 * because the order is paid. An answer need not be marked as a replay: a duplicate that waited may repeat the first
 * answer as it was. Lost answers prove nothing either way.
 */
export function toBeOnePayment(
  this: ExpectMatcherState,
  received: readonly Exchange<PaymentAnswer>[],
  order: Pick<OrderAnswer, 'orderId' | 'totalAmount'>,
): MatcherReturnType {
  const { endpoints, money, policies } = currentTarget();
  const { inFlightDuplicates, replay } = policies;
  const reasons: NamedReason[] = offered(endpoints.pay)?.key ? ['in-progress'] : ['in-progress', 'order-state'];
  const paid = received.filter(({ outcome }) => outcome === 'ok');
  const refused = received.filter(({ outcome }) => outcome === 'refused');
  const ids = new Set(paid.flatMap(({ answer }) => answer?.paymentId ?? []));
  const bodies = new Set(paid.map(({ response }) => response?.body));
  return matcherResult(this, 'toBeOnePayment', received, {
    expectation: { of: 'one-effect' },
    expected: `one payment of order ${order.orderId}, ${amountInWords(order.totalAmount, money)}, among ${received.length} requests`,
    problems: [
      ...(paid.length > 0 ? [] : ['none of them paid']),
      ...new Set(paid.flatMap((exchange) => paymentProblems(exchange, order))),
      ...(ids.size > 1 ? [`they name ${ids.size} payments: ${[...ids].join(', ')}`] : []),
      ...(replay.body === 'bytes' && bodies.size > 1 ? [`they answer with ${bodies.size} different bodies`] : []),
      ...new Set(
        refused.flatMap((exchange) =>
          inFlightDuplicates === 'wait' && offered(endpoints.pay)?.key
            ? ['a duplicate was refused']
            : refusalProblems(exchange, reasons).map((problem) => `a duplicate was refused, and ${problem}`),
        ),
      ),
    ],
  });
}
