import type { EvidenceExchange } from '../../../../helpers/findings/deviations/deviation.ts';
import type { Finding } from '../../../../helpers/findings/grouping/finding.ts';
import { kinds } from '../../../../helpers/findings/kinds/kinds.ts';
import { signatureOf } from '../../../../helpers/findings/grouping/signature.ts';

// Findings as a run against a shop with half a dozen defects would give them.

type Scenario = Finding['scenarios'][number];

/** Returns a scenario by its place. */
export const scenario = (file: string, title: string): Scenario => ({ file, title });

/** Returns one of several payments at once of the same order. */
export const payExchange = (number: number, key: string, over: Partial<EvidenceExchange> = {}): EvidenceExchange => ({
  call: 'pay',
  method: 'POST',
  path: '/api/payments',
  key,
  body: '{"orderId":50231,"userId":70001}',
  status: 200,
  answer: `{"code":"SUCCESS","data":{"paymentId":${88_100 + number},"orderId":50231,"amount":30000}}`,
  outcome: '200',
  sentAtMs: 41 + number * 0.6,
  durationMs: 186 + number * 3.2,
  ...over,
});

const raceExchanges: readonly EvidenceExchange[] = [
  {
    call: 'placeOrder',
    method: 'POST',
    path: '/api/orders',
    body: '{"userId":70001,"items":[{"productId":901,"quantity":3}]}',
    status: 201,
    answer: '{"code":"SUCCESS","data":{"orderId":50231,"totalAmount":30000,"status":"PENDING"}}',
    outcome: '201',
    sentAtMs: 0,
    durationMs: 12.4,
  },
  ...[0, 1, 2, 3].map((number) => payExchange(number, 'pay-3f1c8a52-7d0e')),
  payExchange(4, 'pay-99b0e417-1c2d', {
    status: 409,
    answer: '{"code":"PAY002","message":"이미 결제된 주문입니다."}',
    outcome: '409 order-state (PAY002)',
    durationMs: 204,
  }),
  payExchange(5, 'pay-3f1c8a52-7d0e', {
    sentAtMs: 268,
    durationMs: 4.1,
    answer: '{"code":"SUCCESS","data":{"paymentId":88100,"orderId":50231,"amount":30000}}',
  }),
];

const raceRows = {
  before: {
    accounts: [
      { userId: 70001, balance: 500_000 },
      { userId: 70002, balance: 500_000 },
    ],
    products: [{ productId: 901, stock: 120, price: 10_000 }],
    orders: [],
    items: [],
    payments: [],
  },
  after: {
    accounts: [
      { userId: 70001, balance: 380_000 },
      { userId: 70002, balance: 500_000 },
    ],
    products: [{ productId: 901, stock: 117, price: 10_000 }],
    orders: [{ orderId: 50231, userId: 70001, total: 30_000, status: 'PAID' }],
    items: [{ orderId: 50231, productId: 901, quantity: 3 }],
    payments: [0, 1, 2, 3].map((number) => ({
      paymentId: 88_100 + number,
      orderId: 50231,
      userId: 70001,
      amount: 30_000,
    })),
  },
};

const finding = (over: Partial<Finding> & Pick<Finding, 'id' | 'kind' | 'circumstance' | 'sentence'>): Finding => {
  const { severity, family, why } = kinds[over.kind];
  const scenarios = over.scenarios ?? [scenario(`${family}/example.spec.ts`, 'an example')];
  return {
    ...{ severity, family, why, details: [], promises: [], masks: [], call: 'pay' },
    evidence: {
      scenario: scenarios[0] ?? scenario('example.spec.ts', 'an example'),
      exchanges: [payExchange(0, 'pay-3f1c8a52-7d0e')],
      gate: [],
      numbers: {},
      error: `Error: ${over.sentence}`,
    },
    deviations: [signatureOf({ call: 'pay', ...over })],
    ...over,
    scenarios,
  };
};

const raceScenario = scenario(
  'idempotency/concurrent/in-flight-duplicates.race.spec.ts',
  'in-flight duplicates with one key charge once',
);

export const chargedTwice = finding({
  id: 'charged-twice-pay-concurrent',
  kind: 'charged-twice',
  circumstance: 'concurrent',
  sentence:
    'One order of 30,000 won was charged 4 times: 4 payments are in the tables where there may be 1, and the balance fell by 120,000 won instead of 30,000 won.',
  details: [
    'two keys for one order: 2 payments where there may be 1',
    'after a lost answer: the retry with the same key charged once more',
  ],
  promises: ['in-flight-duplicates-charge-once', 'at-most-one-debit-per-order'],
  scenarios: [
    raceScenario,
    scenario('idempotency/concurrent/double-click.race.spec.ts', 'double click pays once'),
    scenario('payments/mixed-operations.race.spec.ts', 'mixed operations conserve money and stock'),
    scenario('payments/random-walk.spec.ts', 'random walk agrees with the model'),
  ],
  masks: ['2 scenarios that refund a payment failed because the order had several.'],
  script: '01-charged-twice-pay-concurrent.sh',
  evidence: {
    scenario: raceScenario,
    exchanges: [...raceExchanges],
    rows: raceRows,
    gate: [
      'held the row of user 70001 in `balances` from 38 ms on',
      '5 requests waited for it after 130 ms: connections 211, 212, 213, 214, 215',
      'let them go at 222 ms',
    ],
    numbers: {},
    error: [
      'Error: Ledger after the test',
      '',
      'Expected: every answer in form, money and stock conserved, one payment per paid order',
      'Received: 2 deviations',
      '  - order 50231 has 4 payments: 88100, 88101, 88102, 88103',
      '  - user 70001 paid 120000 for orders of 30000 in total',
    ].join('\n'),
  },
});

export const replayFails = finding({
  id: 'server-error-pay-replay-500',
  kind: 'server-error',
  circumstance: 'replay',
  status: 500,
  code: 'COMMON500',
  sentence: 'A payment sent again with its key was answered 500 COMMON500 in 38 of 38 replays.',
  promises: ['replay-gives-the-original-answer'],
  scenarios: Array.from({ length: 14 }, (_, index) =>
    scenario('idempotency/replays/same-answer.spec.ts', `replay number ${index + 1} gives the original answer`),
  ),
  masks: ['46 scenarios could not be judged, because they replay a payment.'],
  script: '02-server-error-pay-replay-500.sh',
});

export const oversold = finding({
  id: 'oversold-place-order-concurrent',
  kind: 'oversold',
  call: 'placeOrder',
  circumstance: 'concurrent',
  sentence: '12 pieces were sold of a product that had 5: 12 orders of 1 piece each were paid, and the stock is -7.',
  promises: ['no-more-sold-than-there-is'],
  scenarios: [scenario('stock/overselling.race.spec.ts', 'last pieces are sold once')],
  script: '03-oversold-place-order-concurrent.sh',
});

export const wrongCause = finding({
  id: 'wrong-cause-pay-boundary-400',
  kind: 'wrong-cause',
  circumstance: 'boundary',
  status: 400,
  sentence: 'A payment that the balance did not cover was refused as `malformed` (400) instead of `balance`.',
  promises: ['refusal-names-the-balance'],
  scenarios: [scenario('balance/exhausted-balance.spec.ts', 'payment beyond the balance is refused with its cause')],
  script: '04-wrong-cause-pay-boundary-400.sh',
});

export const wrongStatus = finding({
  id: 'wrong-status-get-balance-boundary-200',
  kind: 'wrong-status',
  call: 'getBalance',
  circumstance: 'boundary',
  status: 200,
  sentence: 'GET balance with a malformed user id was answered 200 instead of 4xx.',
  promises: ['malformed-ids-answer-4xx'],
  scenarios: [scenario('contract/malformed-ids.spec.ts', 'GET balance with a malformed user id answers 4xx')],
});

export const staleView = finding({
  id: 'stale-view-get-order-once',
  kind: 'stale-view',
  call: 'getOrder',
  circumstance: 'once',
  sentence: 'GET order still showed PENDING 2.0 s after the payment was answered.',
  scenarios: [scenario('contract/read-after-write.spec.ts', 'order shows its payment at once')],
  accepted: { why: 'The view is served from a replica; the clients poll.', until: '2026-12-31' },
});
