import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of idempotency keys. */
export const keyPromises = {
  'key-bound-to-request': {
    sentence: 'A key that was used for one request is refused for any other, and still replays the first.',
    severity: 'major',
    source: `${sources.uniqueness}; ${sources.draftErrors}; ${sources.stripe}; ${sources.keys}`,
    kind: 'key-not-bound-to-request',
    circumstance: 'key-reuse',
  },
  'key-belongs-to-user-and-call': {
    sentence: 'The same key text from another user, or on another call, is another key.',
    severity: 'critical',
    source: sources.keys,
    kind: 'keys-confused',
    circumstance: 'key-reuse',
  },
  'keys-compared-exactly': {
    sentence: 'Two requests share a key only if both carry one and the texts are equal to the last character.',
    severity: 'critical',
    source: `${sources.keys} (keys are compared byte for byte)`,
    kind: 'keys-confused',
    circumstance: 'boundary',
  },
  'odd-key-refused-or-honoured': {
    sentence:
      'A blank or numeric key is either refused or honoured like any other: what is sent under it happens once.',
    severity: 'critical',
    source: `${sources.enforcement}; ${sources.keys}`,
    kind: 'replay-executed',
    circumstance: 'boundary',
  },
  'malformed-key-refused': {
    sentence: 'A request whose key is missing where it is required, too long or of the wrong type is refused.',
    severity: 'major',
    source: `${sources.draftErrors}; ${sources.http}, COMMON002`,
    kind: 'bad-input-accepted',
    circumstance: 'boundary',
  },
  'refused-key-stays-usable': {
    sentence:
      'A refusal uses up no key: the corrected request, or the same one once its cause is gone, succeeds under it.',
    severity: 'major',
    source: `${sources.keys} (a refusal is not remembered); ${sources.stripe}, of requests that fail validation`,
    kind: 'key-burnt',
    circumstance: 'after-refusal',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
