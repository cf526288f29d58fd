import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import type { Exchange } from '../api/answers/exchange.ts';
import type { NamedReason } from '../profile/refusal-forms.ts';
import { matcherResult } from './matcher-result.ts';
import { refusalProblems } from './to-be-refused-for.ts';
import { replayProblems } from './to-replay.ts';

/** Passes when the exchange repeats the original's answer or is refused for this reason: neither has an effect. */
export function toReplayOrBeRefusedFor(
  this: ExpectMatcherState,
  received: Exchange,
  original: Exchange,
  reason: NamedReason,
): MatcherReturnType {
  return matcherResult(this, 'toReplayOrBeRefusedFor', received, {
    expectation:
      received.outcome === 'ok' ? { of: 'replay', original } : { of: 'refusal', reasons: [reason], orSuccess: true },
    expected: `the original answer again, or refused for ${reason}`,
    problems: received.outcome === 'ok' ? replayProblems(received, original) : refusalProblems(received, [reason]),
    original,
  });
}
