import { adviceOnSilence } from './advice-on-silence.ts';
import { parseJson } from '../../text/json.ts';
import { shownLine } from '../../text/shown-text.ts';
import { describeAnswer, type Exchange, type ReceivedResponse } from './exchange.ts';

/** An outcome that says nothing of what was asked: neither a success nor a refusal. */
export interface UnusableAnswer {
  readonly of: 'server-error' | 'redirect' | 'web-page' | 'no-answer';
  /** What came, after the request. @example 'GET /api/products/1 was answered 503 server-error: an empty body' */
  readonly seen: string;
  /** What came, after "The API". @example 'answers 503 to GET /api/products/1' */
  readonly does: string;
  /** What to look at, as sentences. */
  readonly advice: string;
}

const maxLocationLength = 200;

/** Returns whether an answer is a page for a browser, and not what an API says. */
export function isWebPage({ headers, body }: ReceivedResponse): boolean {
  if (body.trim() === '' || parseJson(body) !== undefined) return false;
  return /^\s*<(?:!doctype|html|head|body)\b/i.test(body) || /\bhtml\b/i.test(headers['content-type'] ?? '');
}

/**
 * Returns what came in place of an answer to the question: a server error, a redirect, a web page, or nothing. Whatever
 * was asked, no conclusion can be drawn from it.
 *
 * @returns undefined for every other answer.
 */
export function unusableAnswer(exchange: Exchange): UnusableAnswer | undefined {
  const { request, response } = exchange;
  const asked = `${request.method} ${request.path}`;
  if (!response) {
    const outcome = describeAnswer(exchange);
    return {
      of: 'no-answer',
      seen: `${asked} got ${outcome}`,
      does: `did not answer ${asked}: ${outcome}`,
      advice: `${adviceOnSilence(exchange.failure ?? '')} REQUEST_TIMEOUT_MS says how long an answer may take.`,
    };
  }
  const { status, headers } = response;
  if (status >= 500) {
    return {
      of: 'server-error',
      seen: `${asked} was answered ${describeAnswer(exchange)}`,
      does: `answers ${status} to ${asked}: ${bodyOf(exchange)}`,
      advice: 'Nothing else can be concluded from that: see its log.',
    };
  }
  if (status >= 300 && status < 400) {
    const to = shownLine(headers.location ?? 'nowhere', maxLocationLength);
    return {
      of: 'redirect',
      seen: `${asked} was answered ${status}, a redirect to ${to}`,
      does: `answers ${status} to ${asked}, a redirect to ${to}`,
      advice: 'Redirects are not followed: is BASE_URL the final scheme and host?',
    };
  }
  if (!isWebPage(response)) return undefined;
  return {
    of: 'web-page',
    seen: `${asked} was answered ${status} with a web page, not JSON`,
    does: `answers ${status} with a web page to ${asked}`,
    advice: 'Another server than the API seems to answer there: is BASE_URL right, and does the API have this path?',
  };
}

const bodyOf = ({ response }: Exchange): string => {
  const body = shownLine(response?.body.trim() ?? '', maxBodyLength);
  return body === '' ? 'an empty body' : body;
};

const maxBodyLength = 200;
