import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of stock. */
export const stockPromises = {
  'no-sale-beyond-stock': {
    sentence: 'Pieces are sold as long as there are any, to the last one, and more than there are is refused.',
    severity: 'critical',
    source: `${sources.http}, P002; the tables of the shop contract, products.stock`,
    kind: 'oversold',
    circumstance: 'boundary',
  },
  'stock-never-oversold': {
    sentence: 'Concurrent buyers get no more pieces than there are, and every piece that there is finds its buyer.',
    severity: 'critical',
    source: `${sources.http}, P002; the tables of the shop contract, products.stock`,
    kind: 'oversold',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'concurrent-sales-all-counted': {
    sentence: 'Concurrent sales of one product all take their pieces from its stock, and none overwrites another.',
    severity: 'critical',
    source: 'the shop contract: stock is taken when an order is paid',
    kind: 'stock-leaked',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'every-line-counts': {
    sentence: 'Every line of an order is answered, paid for and taken from stock, and lines of one product add up.',
    severity: 'critical',
    source: 'the shop contract: lines that name one product twice are added up',
    kind: 'stock-leaked',
    circumstance: 'once',
  },
  'large-orders-whole': {
    sentence: 'An order of very many lines is refused at once, or answered, shown and paid with all of them.',
    severity: 'critical',
    source: 'the shop contract: an order has one line or more; RFC 9110, section 15.5.14 (413 Content Too Large)',
    kind: 'stock-leaked',
    circumstance: 'boundary',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
