import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of keyed requests that are in flight at once. */
export const concurrencyPromises = {
  'concurrent-duplicates-charge-once': {
    sentence: 'Concurrent duplicates of one payment are charged once, and all that succeed get the same answer.',
    severity: 'critical',
    source: `${sources.enforcement}; ${sources.keys}`,
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'concurrent-duplicates-take-effect-once': {
    sentence: 'Concurrent duplicates of one order or one top-up make it once, and all get the same answer in the end.',
    severity: 'critical',
    source: `${sources.enforcement}; ${sources.keys}`,
    kind: 'replay-executed',
    circumstance: 'concurrent',
  },
  'in-flight-key-bound-to-request': {
    sentence: 'Of concurrent requests that differ but carry the same key, exactly one succeeds.',
    severity: 'major',
    source: `${sources.uniqueness}; ${sources.draftErrors}`,
    kind: 'key-not-bound-to-request',
    circumstance: 'in-flight-other-body',
  },
  'users-in-flight-kept-apart': {
    sentence: "A request is never answered with another user's request that is in flight under the same key text.",
    severity: 'critical',
    source: `${sources.keys} (a key belongs to one user)`,
    kind: 'keys-confused',
    circumstance: 'in-flight-other-user',
  },
  'other-user-in-flight-no-conflict': {
    sentence: "A request is never refused as a duplicate of another user's request that is in flight.",
    severity: 'major',
    source: `${sources.keys} (a key belongs to one user)`,
    kind: 'taken-for-duplicate',
    circumstance: 'in-flight-other-user',
  },
  'other-key-in-flight-no-conflict': {
    sentence: 'A request is never refused as a duplicate of one that is in flight under another key.',
    severity: 'major',
    source: `${sources.enforcement}; ${sources.keys}`,
    kind: 'taken-for-duplicate',
    circumstance: 'in-flight-other-key',
  },
  'other-call-in-flight-no-conflict': {
    sentence: 'An order, a payment or a top-up is never taken for a duplicate of one of the others that is in flight.',
    severity: 'major',
    source: `${sources.keys} (each call has a key space of its own)`,
    kind: 'taken-for-duplicate',
    circumstance: 'in-flight-other-call',
  },
  'key-record-is-atomic': {
    sentence: 'What a request does and the record of its key are committed together, or not at all.',
    severity: 'critical',
    source: `${sources.keys} (one transaction)`,
    kind: 'written-but-not-answered',
    circumstance: 'once',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
