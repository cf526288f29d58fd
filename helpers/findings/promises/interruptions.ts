import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of a request whose transaction its database ends in the midst. */
export const interruptionPromises = {
  'interrupted-request-all-or-nothing': {
    sentence: 'A request whose transaction the database ends is done or not, and sent again it takes effect once.',
    severity: 'critical',
    source: `${sources.stripe}, of errors on a server; ${sources.idempotentMethods}; ${sources.keys} (one transaction)`,
    kind: 'order-inconsistent',
    circumstance: 'interrupted',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
