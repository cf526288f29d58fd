import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of the form of requests and answers, of what it shows and of being available. */
export const contractPromises = {
  'malformed-input-refused': {
    sentence: "A body or an id that is malformed or out of range is refused as the client's error and changes nothing.",
    severity: 'major',
    source: `${sources.clientErrors}; ${sources.http}, COMMON002`,
    kind: 'bad-input-accepted',
    circumstance: 'boundary',
  },
  'unknown-ids-refused': {
    sentence: 'A request for a user, a product or an order that does not exist is refused as such and changes nothing.',
    severity: 'major',
    source: `RFC 9110, section 15.5.5 (404 Not Found); ${sources.http}, U001, P001 and O002`,
    kind: 'bad-input-accepted',
    circumstance: 'once',
  },
  'answers-have-promised-form': {
    sentence:
      'Every answer is JSON in the promised form, and every refusal states why, whatever the client would like.',
    severity: 'minor',
    source: `${sources.http}; RFC 9110, section 8.3 (Content-Type) and 12.5.1 (Accept); RFC 9457, section 3`,
    kind: 'malformed-answer',
    circumstance: 'once',
  },
  'refusal-names-true-cause': {
    sentence: 'A refusal names the true cause, with the amounts and the product that it is about and no other.',
    severity: 'major',
    source: `${sources.http}, PAY001 and P002; RFC 9457, section 3.1.4 (detail)`,
    kind: 'wrong-cause',
    circumstance: 'once',
  },
  'english-on-request': {
    sentence: 'A refusal is in English, with the same code and amounts, when the client asks for English.',
    severity: 'minor',
    source: `RFC 9110, section 12.5.4 (Accept-Language); ${sources.http}, messages`,
    kind: 'wrong-content',
    circumstance: 'once',
  },
  'times-are-now': {
    sentence: 'The time that an answer gives to what has just happened is the present, in no other time zone.',
    severity: 'minor',
    source: `${sources.http}, createdAt, paidAt, chargedAt and timestamp`,
    kind: 'wrong-content',
    circumstance: 'once',
  },
  'reads-show-writes': {
    sentence: 'Balances, products and orders are shown as the last change left them, to the won and to the letter.',
    severity: 'minor',
    source: `${sources.http}, the GET calls`,
    kind: 'stale-view',
    circumstance: 'once',
  },
  'reads-during-writes-do-not-last': {
    sentence: 'What is read while it changes is shown changed once the change is done, and not before.',
    severity: 'minor',
    source: `${sources.http}, the GET calls`,
    kind: 'stale-view',
    circumstance: 'in-flight-other-call',
  },
  'refusal-changes-no-view': {
    sentence: 'A refusal or a replay changes nothing of what balances, products and orders are shown as.',
    severity: 'minor',
    source: `${sources.keys} (a refusal is not remembered)`,
    kind: 'stale-view',
    circumstance: 'after-refusal',
  },
  'refusals-leave-api-usable': {
    sentence: 'However many requests were refused, a valid one that follows them succeeds.',
    severity: 'major',
    source: `${sources.keys} (after a top-up the order may be paid)`,
    kind: 'valid-request-refused',
    circumstance: 'after-refusal',
  },
  'lost-connections-leave-api-usable': {
    sentence: 'However many clients disconnect in the middle of a request, a valid one that follows them succeeds.',
    severity: 'major',
    source: `RFC 9110, section 9.2.2 (a client may lose its connection and try again); ${sources.keys}`,
    kind: 'valid-request-refused',
    circumstance: 'after-lost-answer',
  },
  'ended-connections-leave-api-usable': {
    sentence: 'However many of its connections the database ends, the requests that follow are served.',
    severity: 'major',
    source: `RFC 9110, section 15.6.4 (503 Service Unavailable is temporary); ${sources.idempotentMethods}`,
    kind: 'valid-request-refused',
    circumstance: 'interrupted',
  },
  'waiting-requests-answered': {
    sentence:
      'Requests that have to wait for one another are all answered in the end, with no deadlock and no time-out.',
    severity: 'major',
    source:
      'RFC 9110, section 15.6 (Server Error 5xx); the shop contract: products are locked in the order of their ids',
    kind: 'server-error',
    circumstance: 'concurrent',
  },
  'health-check-answers': {
    sentence: 'The health check of a running API answers that it is up.',
    severity: 'minor',
    source: `${sources.http}, GET /health`,
    kind: 'wrong-content',
    call: 'health',
    circumstance: 'once',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
