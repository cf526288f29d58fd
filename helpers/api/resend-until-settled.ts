import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';
import { currentTarget } from '../profile/current-target.ts';
import { statusesOf } from '../profile/refusal-forms.ts';

/** Well below the time that a test has: what is open for so long is left so, and the test can still say what it saw. */
const maxSettlingMs = 30_000;

/** Whether an exchange left open what the target will make of the request: try again with the same key. */
export const isUnsettled = ({ outcome, refusal }: Exchange): boolean =>
  outcome === 'unknown' ||
  refusal?.reason === 'in-progress' ||
  // An optimistic server may refuse a racer with a conflict of its own that names none of the lasting causes.
  (refusal?.reason === 'unknown' && mayMeanInProgress(refusal.status));

const mayMeanInProgress = (status: number): boolean =>
  status === 409 || statusesOf(currentTarget().refusals['in-progress']).includes(status);

/**
 * Sends again, with growing random pauses, for as long as the answer leaves the outcome open; at most as often as the
 * profile lets a racer retry, and no more after half a minute.
 *
 * @returns the first answer that settles it, or the last one.
 */
export async function resendUntilSettled<Answer>(
  first: Exchange<Answer>,
  sendAgain: () => Promise<Exchange<Answer>>,
): Promise<Exchange<Answer>> {
  const end = performance.now() + maxSettlingMs - first.durationMs;
  const maxRetries = currentTarget().policies.retriesOfARacer;
  let exchange = first;
  for (let retry = 1; isUnsettled(exchange) && retry <= maxRetries && performance.now() < end; retry += 1) {
    // Random, so that racers who were refused together do not come again together; but all in all longer than a gate
    // may be held, since what is refused as under way can be settled only after it.
    await delay((0.5 + Math.random() / 2) * 50 * retry);
    exchange = await sendAgain();
  }
  return exchange;
}
