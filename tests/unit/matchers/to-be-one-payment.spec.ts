import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import {
  failureOf,
  inProgress,
  lost,
  malformed,
  orderAnswer,
  paid,
  refused,
  replayed,
  unaffordable,
} from '../support/examples/exchange-examples.ts';

const order = orderAnswer();

const problemsIn = (failure: string): string[] =>
  failure.split('\n').flatMap((line) => (line.startsWith('  - ') ? [line.slice(4)] : []));

const kept = {
  'a single payment': [paid()],
  'replayed duplicates': [paid(), replayed(), replayed()],
  'duplicates refused in flight': [inProgress(), paid(), inProgress()],
  'refused and replayed duplicates': [inProgress(), replayed(), paid()],
  'a duplicate without the replay header': [paid(), paid(), replayed()],
  'a replay after a lost original': [lost('pay'), replayed(), inProgress()],
} as const;

const broken = [
  ['nothing at all', [], ['none of them paid']],
  ['only lost answers', [lost('pay'), lost('pay')], ['none of them paid']],
  ['only duplicates', [inProgress(), inProgress()], ['none of them paid']],
  [
    'two payments',
    [paid(), replayed({ paymentId: 8 })],
    ['they name 2 payments: 7, 8', 'they answer with 2 different bodies'],
  ],
  ['bodies that differ', [paid(), replayed({ remainingBalance: 1 })], ['they answer with 2 different bodies']],
  ['another order', [paid({ orderId: 13 }), replayed({ orderId: 13 })], ['it describes order 13']],
  ['a duplicate that could not pay', [paid(), unaffordable()], ['a duplicate was refused, and its cause is balance']],
  [
    'duplicates without a cause',
    [paid(), refused('pay', 409, ''), refused('pay', 409, '')],
    ['a duplicate was refused, and its body names no known cause'],
  ],
  [
    'a duplicate with another status',
    [paid(), refused('pay', 425, { code: 'PAY003' })],
    ['a duplicate was refused, and its status is 425 instead of 409'],
  ],
  [
    'a malformed answer',
    [paid(), malformed('pay', '{}', 'paymentId: missing')],
    ['paymentId: missing', 'they answer with 2 different bodies'],
  ],
] as const;

test.describe('toBeOnePayment', () => {
  for (const [what, exchanges] of Object.entries(kept)) {
    test(`toBeOnePayment passes for ${what}`, () => {
      expect(exchanges).toBeOnePayment(order);
    });
  }

  test('toBeOnePayment fails for every deviation and names it', () => {
    const said = broken.map(([what, exchanges]) => [
      what,
      exchanges,
      problemsIn(
        failureOf(() => {
          expect(exchanges).toBeOnePayment(order);
        }),
      ),
    ]);
    expect(said).toEqual(broken);
    const answered = broken.filter(([, exchanges]) => exchanges.every(({ outcome }) => outcome !== 'unknown'));
    for (const [, exchanges] of answered) expect(exchanges).not.toBeOnePayment(order);
  });

  test('.not.toBeOnePayment fails when an answer was lost', () => {
    const failure = failureOf(() => {
      expect([lost('pay'), inProgress()]).not.toBeOnePayment(order);
    });
    expect(problemsIn(failure)).toEqual([expect.stringContaining('a lost answer proves nothing')]);
  });

  test("toBeOnePayment failure looks like Playwright's own and groups equal answers", () => {
    const failure = failureOf(() => {
      expect([paid(), ...Array.from({ length: 18 }, inProgress), unaffordable()]).toBeOnePayment(order);
    });
    expect(failure).toBe(
      [
        'expect(exchange).toBeOnePayment(promise)',
        '',
        'Expected: one payment of order 12, 50000 won, among 20 requests',
        'Received: 200; 18 × 409 in-progress (PAY003); 409 balance (PAY001, required 50000, available 1000)',
        '  - a duplicate was refused, and its cause is balance',
        '',
        'POST /api/orders/12/payment',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 200, 12 ms',
        `  ${paid().response?.body ?? ''}`,
        'POST /api/orders/12/payment',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 409 in-progress (PAY003), 12 ms',
        `  ${inProgress().response?.body ?? ''}`,
        'POST /api/orders/12/payment',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 409 balance (PAY001, required 50000, available 1000), 12 ms',
        `  ${unaffordable().response?.body ?? ''}`,
        '… of 20 exchanges',
      ].join('\n'),
    );
  });

  test('toBeOnePayment failure shows at most 4 kinds of answers', () => {
    const kinds = [400, 401, 402, 403, 404, 405].map((status) => refused('pay', status, ''));
    const failure = failureOf(() => {
      expect([paid(), ...kinds]).toBeOnePayment(order);
    });
    expect(failure.match(/^→ /gm)).toHaveLength(4);
    expect(failure).toContain('… of 7 exchanges');
  });

  test('failing .not.toBeOnePayment says what was not expected', () => {
    const failure = failureOf(() => {
      expect([paid(), replayed()]).not.toBeOnePayment(order);
    });
    expect(failure).toContain('expect(exchange).not.toBeOnePayment(promise)');
    expect(failure).toContain(
      'Expected: not one payment of order 12, 50000 won, among 2 requests\nReceived: 2 × 200\n',
    );
  });
});
