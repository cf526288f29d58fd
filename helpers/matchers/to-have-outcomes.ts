import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { CallName, Exchange } from '../api/answers/exchange.ts';
import { countOutcomes } from '../ledger/count-outcomes.ts';
import { conflictReasons } from '../profile/refusal-forms.ts';
import { counted } from '../text/words/counted.ts';
import { matcherResult } from './matcher-result.ts';

/** How many exchanges have which outcome: `ok`, `unknown outcome`, or the cause of a refusal. */
type Outcomes = Readonly<Record<string, number>>;

/** What runs out, and what it means where more succeed than it is enough for. */
const limits: Readonly<Record<string, { readonly what: string; readonly beyond: (extra: number) => string }>> = {
  balance: { what: 'the balance', beyond: (extra) => `${counted(extra, 'payment')} beyond the balance` },
  stock: { what: 'the stock', beyond: (extra) => `oversold to ${counted(extra, 'buyer')}` },
};

const requestWords: Readonly<Partial<Record<CallName, string>>> = {
  pay: 'payment',
  createOrder: 'order',
  cancelOrder: 'cancellation',
  chargeBalance: 'top-up',
};

const text = (outcomes: Outcomes): string =>
  Object.entries(outcomes)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const problemsOf = (received: readonly Exchange[], expected: Outcomes): string[] => {
  const seen = countOutcomes(received);
  const names = [...new Set([...Object.keys(expected), ...Object.keys(seen)])];
  if (names.every((name) => (expected[name] ?? 0) === (seen[name] ?? 0))) return [];
  const { ok: can = 0 } = expected;
  const { ok: did = 0 } = seen;
  const calls = new Set(received.map(({ name }) => name));
  const [call = 'pay'] = calls;
  const requests = counted(received.length, (calls.size === 1 ? requestWords[call] : undefined) ?? 'request');
  const reason = conflictReasons.find((one) => (expected[one] ?? 0) > 0) ?? '';
  if (did > can) {
    const limit = limits[reason];
    return limit
      ? [`${limit.what} is enough for ${can} of ${requests}, ${did} succeeded: ${limit.beyond(did - can)}`]
      : [`${can} of ${requests} can succeed, ${did} did: ${did - can} too many`];
  }
  if (did < can) return [`${can} of ${requests} must succeed, ${did} did (${text(seen)})`];
  return [`of ${requests} ${text(expected)} were due, and ${text(seen)} came`];
};

/**
 * Passes when so many of the concurrent exchanges have each outcome.
 *
 * @example expect(answers).toHaveOutcomes({ ok: 4, stock: 6 });
 */
export function toHaveOutcomes(
  this: ExpectMatcherState,
  received: readonly Exchange[],
  expected: Outcomes,
): MatcherReturnType {
  return matcherResult(this, 'toHaveOutcomes', received, {
    expectation: {
      of: 'count',
      ok: expected.ok ?? 0,
      reason: conflictReasons.find((one) => (expected[one] ?? 0) > 0),
    },
    expected: text(expected),
    problems: problemsOf(received, expected),
  });
}
