import { describeAnswer, type Exchange } from '../api/answers/exchange.ts';
import { adviceOnSilence } from '../api/answers/advice-on-silence.ts';
import { unusableAnswer } from '../api/answers/unusable-answer.ts';
import { Blocked } from '../text/blocked.ts';
import { UnexpectedAnswer } from './unexpected-answer.ts';

/**
 * Makes sure that something answers the health check.
 *
 * @param address of the API, for people.
 * @returns what is odd about the answer, in a sentence, where that may well be a matter of the health check alone; it is
 *   the cause of whatever is odd next.
 * @throws Blocked when no answer comes, or a 5xx.
 */
export function assertHealthy(health: Exchange, address: string): string | undefined {
  const { failure = 'lost', request } = health;
  const unusable = unusableAnswer(health);
  switch (unusable?.of) {
    case 'no-answer':
      throw new Blocked(`No API answers at ${address} (${failure}). ${adviceOnSilence(failure)}`);
    case 'server-error':
      throw new Blocked(`The API ${unusable.does} (BASE_URL is ${address}). ${unusable.advice}`);
    case 'redirect':
      return `The API ${unusable.does}. ${unusable.advice}`;
    case 'web-page':
    case undefined:
      return oddRefusal(health, `${request.method} ${address}${request.path}`);
  }
}

/** A health check that asks who wants to know says nothing about the way to the API. */
const oddRefusal = (health: Exchange, asked: string): string | undefined => {
  const { status = 0 } = health.response ?? {};
  if (status === 404) return `Health answers 404 (${asked}): is the path of BASE_URL right?`;
  if (status < 400 || status > 499 || status === 401) return undefined;
  return (
    `Health answers ${describeAnswer(health)} (${asked}): is the path of BASE_URL right, and does the target profile ` +
    'name the headers that every request has to have (`headers`)?'
  );
};

/**
 * Looks at the API. Where its answers are unexpected and the health check's was too, the first one is the cause, and is
 * said.
 *
 * @param odd what is odd about the health check's answer.
 */
export async function blamingHealth<Result>(odd: string | undefined, look: () => Promise<Result>): Promise<Result> {
  try {
    return await look();
  } catch (error) {
    if (odd === undefined || !(error instanceof UnexpectedAnswer)) throw error;
    throw new Blocked(`${odd} After it, ${error.seen}.`);
  }
}
