import type { Exchange } from '../../api/answers/exchange.ts';
import { deviationOfExchange } from '../../findings/deviations/deviation-of-exchange.ts';
import { graceMs } from '../crashes/outages.ts';
import type { IterationParts } from './iteration-parts.ts';

/** What is known of a request that met a crash. */
export const afterCrash = { kind: 'wrong-content', circumstance: 'after-crash' } as const;

/**
 * Notes it where a key is still in progress long after a crash has interrupted its request: nobody works on it any more.
 *
 * @param answers to one key, in the order in which the requests were sent.
 * @returns whether it is.
 */
export function noteStuckKey(
  { profile, measurements, crashes }: IterationParts,
  counted: 'orders_wrong' | 'idempotency_verification_failure',
  answers: readonly Exchange[],
): boolean {
  const [first, last] = [answers[0], answers.at(-1)];
  if (!first || last?.outcome !== 'refused' || last.refusal?.reason !== 'in-progress') return false;
  if (!crashes?.outages.isBetween(first, last)) return false;
  const { keyTakeoverMs = 0 } = profile.policies;
  const promise = `a key whose request was interrupted is free, or answered, ${(keyTakeoverMs + graceMs) / 1000} s after the target is back`;
  const judged = { expectation: { of: 'success' }, expected: 'what became of it', problems: [promise] } as const;
  const deviation = deviationOfExchange(profile, last, judged, answers, afterCrash);
  measurements.breaks(counted, { deviation, promise }, first, last);
  return true;
}
