import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from './answers/exchange.ts';
import { currentTarget } from '../profile/current-target.ts';
import { statusesOf } from '../profile/refusal-forms.ts';

/** Well below the timeout of a test, so that it can still report an outcome that stays open. */
const maxSettlingMs = 30_000;

/** Returns whether an exchange left its outcome open, so that it is to be sent again with the same key. */
export const isUnsettled = ({ outcome, refusal }: Exchange): boolean =>
  outcome === 'unknown' ||
  refusal?.reason === 'in-progress' ||
  // An optimistic server may refuse a racer with a conflict that names no cause.
  (refusal?.reason === 'unknown' && mayMeanInProgress(refusal.status));

const mayMeanInProgress = (status: number): boolean =>
  status === 409 || statusesOf(currentTarget().refusals['in-progress']).includes(status);

/**
 * Sends a request again, with growing random pauses, while its answer leaves the outcome open; at most as often as the
 * profile lets a racer retry, and for at most half a minute.
 *
 * @returns the first answer that settles the outcome, or the last one.
 */
export async function resendUntilSettled<Answer>(
  first: Exchange<Answer>,
  sendAgain: () => Promise<Exchange<Answer>>,
): Promise<Exchange<Answer>> {
  const end = performance.now() + maxSettlingMs - first.durationMs;
  const maxRetries = currentTarget().policies.retriesOfARacer;
  let exchange = first;
  for (let retry = 1; isUnsettled(exchange) && retry <= maxRetries && performance.now() < end; retry += 1) {
    // Random, so that racers that were refused together do not retry together; but in total longer than a gate may be
    // held, since a request that is in flight behind it can be settled only afterwards.
    await delay((0.5 + Math.random() / 2) * 50 * retry);
    exchange = await sendAgain();
  }
  return exchange;
}
