import type { Exchange } from '../../api/answers/exchange.ts';

const failures: readonly string[] = ['server-error', 'time-out', 'no-answer', 'answer-too-large'];

/** Returns whether a cause is a failure of the API or of the way to it, and no refusal. */
export const isFailure = (cause: string): boolean => failures.includes(cause);

/**
 * Returns why a request failed, in the words of the diagnosis: the classified cause of its refusal; where that is
 * unknown, what its status says beyond doubt; where no answer came, if it was too late, too large, or none at all.
 */
export function causeOf({ refusal, failure = '' }: Exchange): string {
  if (!refusal) {
    if (/(?:longer|larger) than \d+ bytes/.test(failure)) return 'answer-too-large';
    return /time[d-]?\s?-?out/i.test(failure) ? 'time-out' : 'no-answer';
  }
  const { reason, status } = refusal;
  if (reason !== 'unknown') return reason;
  if (status === 401 || status === 403) return 'unauthenticated';
  if (status === 429) return 'rate-limit';
  return status >= 400 && status < 500 && status !== 409 ? 'bad-request' : 'unknown';
}
