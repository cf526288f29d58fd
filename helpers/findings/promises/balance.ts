import type { ApiPromise } from './api-promise.ts';
import { sources } from './sources.ts';

/** What an API promises of balances. */
export const balancePromises = {
  'no-payment-beyond-balance': {
    sentence: 'A payment is made if the balance covers it, to the last won, and refused otherwise.',
    severity: 'critical',
    source: `${sources.http}, PAY001; the tables of the shop contract, user_balance`,
    kind: 'overspent',
    call: 'pay',
    circumstance: 'boundary',
  },
  'balance-never-overspent': {
    sentence: 'Concurrent payments spend no more than the balance holds, and all that it covers are made.',
    severity: 'critical',
    source: `${sources.http}, PAY001; the tables of the shop contract, user_balance`,
    kind: 'overspent',
    call: 'pay',
    circumstance: 'concurrent',
  },
  'refusal-moves-nothing': {
    sentence: 'A request that is refused moves no money and no stock, and creates nothing.',
    severity: 'critical',
    source: `${sources.keys} (nothing is debited, no stock moves, and the order stays PENDING)`,
    kind: 'written-but-not-answered',
    circumstance: 'once',
  },
  'malformed-amount-refused': {
    sentence: 'A top-up whose amount is no positive whole number within its limits is refused and adds nothing.',
    severity: 'major',
    source: `${sources.clientErrors}; ${sources.http}, U002 and COMMON002`,
    kind: 'bad-input-accepted',
    call: 'chargeBalance',
    circumstance: 'boundary',
  },
  'top-up-added-exactly': {
    sentence: 'A top-up adds exactly its amount to the balance, however large both are, or is refused.',
    severity: 'critical',
    source: `${sources.http}, chargedAmount; ${sources.doubleEntry}`,
    kind: 'top-up-lost',
    call: 'chargeBalance',
    circumstance: 'once',
  },
  'top-up-beyond-limits': {
    sentence: 'A top-up to a balance beyond what a column or a JSON number holds is added exactly, or refused.',
    severity: 'critical',
    source: `${sources.http}, chargedAmount; RFC 8259, section 6 (numbers)`,
    kind: 'top-up-lost',
    call: 'chargeBalance',
    circumstance: 'boundary',
  },
  'unused-balance-is-zero': {
    sentence: 'A user who has never used a balance has one of 0 won, or is unknown to every request.',
    severity: 'minor',
    source: `${sources.http}, GET balance and U001`,
    kind: 'stale-view',
    call: 'getBalance',
    circumstance: 'once',
  },
  'concurrent-top-ups-all-added': {
    sentence: 'Concurrent top-ups of one balance are all added, and none overwrites another or a payment.',
    severity: 'critical',
    source: sources.doubleEntry,
    kind: 'top-up-lost',
    call: 'chargeBalance',
    circumstance: 'concurrent',
  },
} as const satisfies Readonly<Record<string, ApiPromise>>;
