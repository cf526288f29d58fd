import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { isUnsettled } from '../api/resend-until-settled.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import { matcherResult } from './matcher-result.ts';

const problemsOf = (received: Exchange): string[] => {
  const { outcome, response, refusal, malformed = [] } = received;
  if (outcome === 'ok') return [...malformed];
  if (!response) return ['no answer came'];
  if (!refusal || refusal.reason === 'server-error' || isUnsettled(received)) return [];
  return [`it was refused for ${refusal.reason}, which is not what kept it from being done`];
};

/**
 * Passes when an interrupted exchange was answered all the same: with a success, or with an error that leaves open what
 * became of the request (5xx, in progress, a conflict without a cause), so that the client sends it again.
 */
export function toSucceedOrAskAgain(this: ExpectMatcherState, received: Exchange): MatcherReturnType {
  return matcherResult(this, 'toSucceedOrAskAgain', received, {
    expectation: received.refusal ? { of: 'refusal', reasons: ['in-progress'], orSuccess: true } : { of: 'success' },
    expected: 'a success, or an error after which the client may send the request again',
    problems: problemsOf(received),
  });
}
