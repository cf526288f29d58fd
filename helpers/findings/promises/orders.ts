import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of orders. */
export const orderPromises = {
  'ended-order-stays-ended': {
    sentence: 'An order that is paid or cancelled can be neither paid nor cancelled again.',
    severity: 'critical',
    source: `${sources.http}, O003`,
    kind: 'order-state-broken',
    circumstance: 'once',
  },
  'order-ends-once': {
    sentence: 'Of concurrent payments and cancellations of one order exactly one takes effect.',
    severity: 'critical',
    source: `${sources.http}, O003`,
    kind: 'order-state-broken',
    circumstance: 'concurrent',
  },
  'order-belongs-to-its-user': {
    sentence: 'Nobody but the user who placed an order can pay it, cancel it or have its payment replayed.',
    severity: 'critical',
    source: `${sources.http}, O004; RFC 9110, section 15.5.4 (403 Forbidden)`,
    kind: 'paid-foreign-order',
    circumstance: 'once',
  },
  'cancellation-gives-back-once': {
    sentence: 'A cancellation gives back what its order had taken, once, and touches no other order.',
    severity: 'critical',
    source: `${sources.http}, POST /api/orders/{orderId}/cancel; ${sources.doubleEntry}`,
    kind: 'refund-lost',
    call: 'cancelOrder',
    circumstance: 'once',
  },
  'malformed-quantity-refused': {
    sentence: 'An order of a quantity that is no positive whole number is refused and creates nothing.',
    severity: 'major',
    source: `${sources.clientErrors}; ${sources.http}, O001 and COMMON002`,
    kind: 'bad-input-accepted',
    call: 'createOrder',
    circumstance: 'boundary',
  },
  'order-shown-as-it-is': {
    sentence: 'An order is shown as it was placed, with the status that it has and the time of its payment.',
    severity: 'minor',
    source: `${sources.http}, GET /api/orders/{orderId}`,
    kind: 'wrong-content',
    call: 'getOrder',
    circumstance: 'once',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
