import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises when its process, or that of its database, ends at any moment. */
export const crashPromises = {
  'crash-leaves-no-half': {
    sentence:
      'A request that a crash of the API interrupts has happened whole or not at all, and its retry settles it exactly once.',
    severity: 'critical',
    source: `${sources.keys} (one transaction); ${sources.idempotentMethods}`,
    kind: 'order-inconsistent',
    circumstance: 'after-crash',
  },
  'crash-loses-no-answered-request': {
    sentence: 'What was answered before a crash is there after it, and a retry is answered with the original.',
    severity: 'critical',
    source: `${sources.enforcement}; ${sources.keys} (answered after the commit)`,
    kind: 'answered-but-not-written',
    circumstance: 'after-crash',
  },
  'database-restart-survived': {
    sentence:
      'When the database is killed and started again, the API recovers by itself, and nothing that was answered is lost.',
    severity: 'critical',
    source: `RFC 9110, section 15.6.4 (503 Service Unavailable is temporary); ${sources.keys}`,
    kind: 'answered-but-not-written',
    circumstance: 'after-crash',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
