import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of what a payment takes. */
export const paymentPromises = {
  'payment-charges-order-total': {
    sentence: 'A payment debits exactly the total of its order, once, and marks the order as paid.',
    severity: 'critical',
    source: `${sources.http}; ${sources.doubleEntry}`,
    kind: 'wrong-amount',
    call: 'pay',
    circumstance: 'once',
  },
  'order-keeps-its-price': {
    sentence: 'An order is shown and paid at the prices at which it was placed, whatever the products cost by then.',
    severity: 'critical',
    source: `${sources.http}; the tables of the shop contract, order_items.unit_price`,
    kind: 'wrong-amount',
    call: 'pay',
    circumstance: 'once',
  },
  'stated-amount-must-match': {
    sentence: 'A payment that states an amount is refused unless the amount is exactly the total of the order.',
    severity: 'major',
    source: `${sources.http}, COMMON002; RFC 9110, section 15.5.1 (400 Bad Request)`,
    kind: 'bad-input-accepted',
    call: 'pay',
    circumstance: 'boundary',
  },
  'concurrent-payments-all-debited': {
    sentence: 'Concurrent payments from one balance are all debited, and none overwrites another.',
    severity: 'critical',
    source: sources.doubleEntry,
    kind: 'paid-without-debit',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'one-charge-per-order': {
    sentence: 'An order is paid at most once, however many payments of it are sent under however many keys.',
    severity: 'critical',
    source: `${sources.keys} (an order is paid at most once, whatever the keys)`,
    kind: 'charged-twice',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'stated-prices-decide-nothing': {
    sentence: 'A price that an order states decides nothing: what is charged is the price of the product.',
    severity: 'critical',
    source: `${sources.http}, the prices of products`,
    kind: 'client-decides',
    circumstance: 'once',
  },
  'undeclared-fields-decide-nothing': {
    sentence:
      'A field that a call does not declare decides neither price nor status, nor whose money or order is meant.',
    severity: 'critical',
    source: `${sources.http}, the bodies of the calls`,
    kind: 'client-decides',
    circumstance: 'once',
  },
  'overflow-refused-or-exact': {
    sentence:
      'A quantity or a total too large for its type is refused or kept exactly, and never read as another number.',
    severity: 'major',
    source: `${sources.http}, O001 and P002; the tables of the shop contract, BIGINT and INT`,
    kind: 'bad-input-accepted',
    call: 'createOrder',
    circumstance: 'boundary',
  },
  'any-sequence-adds-up': {
    sentence:
      'Any sequence of orders, payments, replays, top-ups and cancellations leaves what its steps add up to, one by one.',
    severity: 'critical',
    source: `${sources.http}; ${sources.doubleEntry}`,
    kind: 'order-inconsistent',
    circumstance: 'once',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
