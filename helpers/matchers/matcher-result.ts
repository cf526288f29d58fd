import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { describeExchange, describeOutcome, type Exchange } from '../api/answers/exchange.ts';
import type { Expectation } from '../findings/deviations/expectation.ts';
import { noteFailedMatcher } from '../findings/deviations/failed-matchers.ts';
import { shownLine } from '../text/shown-text.ts';

/** A promise that a matcher has checked, and every problem that it found. */
export interface CheckedPromise {
  /** The promise in words. @example 'paid, 50000 won for order 12' */
  readonly expected: string;
  readonly problems: readonly string[];
  /** The exchange that it was compared with, if any. */
  readonly original?: Exchange;
  readonly expectation: Expectation;
}

const maxLineLength = 1000;
const maxProblems = 20;

const listOf = (problems: readonly string[]): string[] => [
  ...problems.slice(0, maxProblems).map((problem) => `  - ${shownLine(problem, maxLineLength)}`),
  ...(problems.length > maxProblems ? [`  … of ${problems.length}`] : []),
];

const nothingProven =
  'a lost answer proves nothing, not even with .not: settle it first by sending the request again with the same key';

/**
 * Returns a matcher's result in the form of Playwright's own errors, with the requests and answers below it. A lost
 * answer fails the matcher as well as its negation.
 */
export function matcherResult(
  { isNot, utils }: ExpectMatcherState,
  name: string,
  received: Exchange | readonly Exchange[],
  { expected, problems, original, expectation }: CheckedPromise,
): MatcherReturnType {
  const exchanges = [received].flat();
  const isUnproven =
    isNot && [...exchanges, ...(original ? [original] : [])].some(({ outcome }) => outcome === 'unknown');
  return {
    name,
    pass: isUnproven || problems.length === 0,
    expected,
    actual: exchanges.map(describeOutcome),
    message: () => {
      const text = [
        utils.matcherHint(name, 'exchange', 'promise', { isNot }),
        '',
        `Expected: ${isNot ? 'not ' : ''}${shownLine(expected, maxLineLength)}`,
        `Received: ${summarize(exchanges)}`,
        ...listOf(isUnproven ? [nothingProven] : problems),
        '',
        ...shownExchanges(exchanges),
      ].join('\n');
      if (!isNot) noteFailedMatcher(text, { expectation, expected, received: exchanges, problems });
      return text;
    },
  };
}

const summarize = (exchanges: readonly Exchange[]): string => {
  const counts = new Map<string, number>();
  for (const exchange of exchanges) {
    const outcome = describeOutcome(exchange);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return [...counts].map(([outcome, count]) => (count > 1 ? `${count} × ${outcome}` : outcome)).join('; ');
};

const maxShown = 4;

const shownExchanges = (exchanges: readonly Exchange[]): string[] => {
  // Of a burst, one exchange of each outcome tells the story.
  const kinds = new Map(exchanges.map((exchange) => [describeOutcome(exchange), exchange]));
  const shown = [...kinds.values()].slice(0, maxShown).map(describeExchange);
  return exchanges.length > shown.length ? [...shown, `… of ${exchanges.length} exchanges`] : shown;
};
