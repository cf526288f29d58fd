import { describeOutcome, type Exchange } from '../api/answers/exchange.ts';
import { unusableAnswer } from '../api/answers/unusable-answer.ts';
import { Blocked } from '../text/blocked.ts';

/** Ends a run before its first test: an answer of the API is not what was to be looked at, whatever that is. */
export class UnexpectedAnswer extends Blocked {
  /** What was seen, in a few words. @example 'GET /api/users/7/balance was answered 503 server-error: an empty body' */
  readonly seen: string;

  constructor(seen: string, message: string) {
    super(message);
    this.seen = seen;
  }
}

/**
 * Returns the error about an answer that says nothing of what was asked: a 5xx, a redirect, a web page, no answer, or
 * a refused authentication.
 *
 * @returns undefined for every other answer.
 */
export function unexpectedAnswer(exchange: Exchange): UnexpectedAnswer | undefined {
  const unusable = unusableAnswer(exchange);
  if (unusable) return new UnexpectedAnswer(unusable.seen, `The API ${unusable.does}. ${unusable.advice}`);
  const { request, response } = exchange;
  if (response?.status !== 401 && response?.status !== 403) return undefined;
  const asked = `${request.method} ${request.path}`;
  return new UnexpectedAnswer(
    `${asked} was answered ${describeOutcome(exchange)}`,
    `The API does not accept the authentication: ${asked} says ${describeOutcome(exchange)}. ` +
      'Does the target profile say how requests are authenticated (`authentication`), and is the secret right (API_TOKEN, API_KEY or API_PASSWORD)?',
  );
}
