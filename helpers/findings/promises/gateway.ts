import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

const compensation = 'Garcia-Molina and Salem, Sagas (1987), compensating transactions';

/** What an API promises of payments that an external gateway approves. */
export const gatewayPromises = {
  'declined-payment-gives-back': {
    sentence: 'A payment that the gateway declines is refused as declined, and gives back all money and stock.',
    severity: 'critical',
    source: `${compensation}; ${sources.keys} (of a refusal nothing is debited, no stock moves)`,
    kind: 'debited-without-payment',
    call: 'pay',
    circumstance: 'once',
  },
  'concurrent-declines-give-all-back': {
    sentence: 'Concurrent payments that the gateway declines give everything back, and overwrite nothing beside them.',
    severity: 'critical',
    source: `${compensation}; ${sources.doubleEntry}`,
    kind: 'debited-without-payment',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'declined-order-stays-payable': {
    sentence: 'An order whose payment was declined still waits for its payment, and no key stays in progress.',
    severity: 'major',
    source: `${sources.keys} (a refusal is not remembered, and the order stays PENDING)`,
    kind: 'valid-request-refused',
    call: 'pay',
    circumstance: 'after-refusal',
  },
  'gateway-charged-once-per-payment': {
    sentence:
      'Every payment has one charge at the gateway and every charge its payment, whether the answer of the gateway is lost, late or comes twice.',
    severity: 'critical',
    source: `${sources.stripe}; ${sources.doubleEntry}`,
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'once',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
