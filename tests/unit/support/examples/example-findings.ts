import type { Findings } from '../../../../helpers/findings/grouping/finding.ts';
import {
  chargedTwice,
  oversold,
  replayFails,
  scenario,
  staleView,
  wrongCause,
  wrongStatus,
} from './single-findings.ts';

const promiseSentences: Readonly<Record<string, string>> = {
  'in-flight-duplicates-charge-once': 'Several requests with one key at the same time charge the order once.',
  'at-most-one-debit-per-order': 'An order is debited at most once, whatever is sent.',
  'replay-gives-the-original-answer': 'A payment sent again with its key is answered with the original answer.',
  'no-more-sold-than-there-is': 'No more pieces are sold than the stock holds.',
  'refusal-names-the-balance': 'A payment that the balance does not cover is refused with that cause.',
  'malformed-ids-answer-4xx': 'A malformed id is answered with 4xx.',
  'after-top-up-a-new-key-pays': 'After a top-up, a new key pays the order.',
  'replay-after-lost-answer': 'A payment whose answer was lost is found by a replay.',
  'top-up-adds-its-amount': 'A top-up adds its amount to the balance, once.',
};

/** Returns the sentence of a promise of the example. */
export const examplePromise = (id: string): string | undefined => promiseSentences[id];

const replaysFail = 'replays answer 500';

/** Returns the findings of a run that failed, changed in places. */
export const exampleFindings = (overrides: Partial<Findings> = {}): Findings => ({
  version: 1,
  verdict: 'FAIL',
  because: '5 findings, 2 of them critical: one order was charged 4 times.',
  target: 'reference',
  findings: [chargedTwice, oversold, replayFails, wrongCause, wrongStatus, staleView],
  notJudged: [
    ...Array.from({ length: 46 }, (_, index) => ({
      ...scenario('idempotency/replays/after-refusals.spec.ts', `replay after refusal number ${index + 1}`),
      promise: index % 2 === 0 ? 'after-top-up-a-new-key-pays' : 'replay-after-lost-answer',
      because: replaysFail,
      finding: replayFails.id,
    })),
    {
      ...scenario('contract/long-lock-waits.race.spec.ts', 'payment that waits long for a lock is answered'),
      because: 'no request waited for the locked row',
    },
  ],
  notApplicable: [
    {
      ...scenario('balance/top-ups.spec.ts', 'top-up adds its amount'),
      promise: 'top-up-adds-its-amount',
      because: 'the profile names no call that tops up',
    },
  ],
  passed: [
    { ...scenario('contract/health.spec.ts', 'health check answers'), promise: 'malformed-ids-answer-4xx' },
    ...Array.from({ length: 12 }, (_, index) => ({
      ...scenario('payments/order-then-pay.spec.ts', `order number ${index + 1} is paid with the balance`),
      promise: 'at-most-one-debit-per-order',
    })),
    scenario('orders/order-view.spec.ts', 'order shows its lines'),
  ],
  fixed: ['below-zero-pay-concurrent'],
  expired: [],
  ...overrides,
});

/** Returns the findings of a run that found nothing, changed in places. */
export const cleanFindings = (overrides: Partial<Findings> = {}): Findings =>
  exampleFindings({
    verdict: 'PASS',
    because: 'All 14 scenarios passed.',
    ...{ findings: [], notJudged: [], fixed: [], expired: [] },
    ...overrides,
  });
