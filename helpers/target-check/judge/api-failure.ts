import type { Exchange } from '../../api/answers/exchange.ts';
import { unusableAnswer, type UnusableAnswer } from '../../api/answers/unusable-answer.ts';
import { kinds, type Kind } from '../../findings/kinds/kinds.ts';
import { startLower } from '../../text/words/start-lower.ts';

/** A failure of the API in place of an answer: nothing about the profile can be concluded from it. */
export interface ApiFailure {
  /** What was seen, and what becomes of it. */
  readonly sentence: string;
  /** The finding that the scenarios report; none where it may well be BASE_URL that leads elsewhere. */
  readonly kind?: Kind;
}

/** @param wasAnswered true when the API has answered an earlier request. */
interface Circumstances {
  readonly baseUrl: string;
  readonly wasAnswered: boolean;
}

const kindOf: Readonly<Partial<Record<UnusableAnswer['of'], Kind>>> = {
  'server-error': 'server-error',
  'no-answer': 'no-answer',
};

const reportedAs = (seen: string, kind: Kind): ApiFailure => ({
  sentence: `the API failed: ${seen}: not a matter of the profile; the scenarios will report it as ${kind} (${kinds[kind].severity})`,
  kind,
});

const logIn = /^the log-in of user .*? was answered (?<status>\d{3})(?<page> with a web page)?/;

/**
 * Returns the failure of the API that came in place of an answer: a 5xx, a redirect, a web page, or nothing.
 *
 * @returns undefined where the API has answered, also where it has refused a log-in.
 */
export function apiFailure(exchange: Exchange, { baseUrl, wasAnswered }: Circumstances): ApiFailure | undefined {
  const { failure = '', name, outcome, response } = exchange;
  const ofLogIn = response ? undefined : logIn.exec(failure)?.groups;
  if (ofLogIn) {
    const status = Number(ofLogIn.status);
    if (status >= 500) return reportedAs(failure, 'server-error');
    const isElsewhere = ofLogIn.page !== undefined || (status >= 300 && status < 400);
    return isElsewhere ? { sentence: `${failure}: nothing is concluded from it; is BASE_URL right?` } : undefined;
  }
  const unusable = unusableAnswer(exchange);
  if (!unusable) return undefined;
  const { of, seen, advice } = unusable;
  // That something is up is all that a health check asks.
  if (of === 'web-page' && name === 'health' && outcome === 'ok') return undefined;
  if (of === 'no-answer' && !wasAnswered) {
    return { sentence: `no answer from ${baseUrl}: ${failure || 'the connection was refused'}: ${startLower(advice)}` };
  }
  const kind = kindOf[of];
  return kind ? reportedAs(seen, kind) : { sentence: `${seen}: nothing is concluded from it; ${startLower(advice)}` };
}
