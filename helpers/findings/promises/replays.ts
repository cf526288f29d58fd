import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of a request that is sent again, one after the other. */
export const replayPromises = {
  'replay-answers-original': {
    sentence:
      'A request that is sent again with the same key is answered with the original answer, whatever happened meanwhile.',
    severity: 'major',
    source: `${sources.enforcement}; ${sources.stripe}; ${sources.keys}`,
    kind: 'replay-differs',
    circumstance: 'replay',
  },
  'replayed-payment-debits-nothing': {
    sentence: 'A payment that is sent again with the same key takes no money and no stock a second time.',
    severity: 'critical',
    source: `${sources.enforcement}; ${sources.stripe}; ${sources.keys}`,
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'replay',
  },
  'replay-takes-effect-once': {
    sentence: 'An order or a top-up that is sent again with the same key is made only once.',
    severity: 'critical',
    source: `${sources.enforcement}; ${sources.stripe}; ${sources.keys}`,
    kind: 'replay-executed',
    circumstance: 'replay',
  },
  'replay-is-marked': {
    sentence: 'An answer is marked as a replay if it is one, and only then.',
    severity: 'minor',
    source: `${sources.keys}, header Idempotent-Replayed`,
    kind: 'wrong-content',
    circumstance: 'replay',
  },
  'lost-answer-charges-once': {
    sentence: 'A payment whose answer was lost is charged once, however often it is retried.',
    severity: 'critical',
    source: `${sources.stripe}; ${sources.idempotentMethods}`,
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'after-lost-answer',
  },
  'lost-answer-takes-effect-once': {
    sentence: 'An order or a top-up whose answer was lost is made once, however often it is retried.',
    severity: 'critical',
    source: `${sources.stripe}; ${sources.idempotentMethods}`,
    kind: 'replay-executed',
    circumstance: 'after-lost-answer',
  },
  'expired-key-charges-nothing-again': {
    sentence: 'A payment that is sent again after its key has expired or was purged is not charged a second time.',
    severity: 'critical',
    source: `${sources.keys} (an order is paid at most once, whatever the keys); ${sources.expiry}`,
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'replay',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
