import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import {
  failureOf,
  lost,
  malformed,
  orderAnswer,
  paid,
  refused,
  unaffordable,
} from '../support/examples/exchange-examples.ts';

const order = orderAnswer();

test.describe('toBePaid', () => {
  test('toBePaid passes for the full payment of the order', () => {
    expect(paid()).toBePaid(order);
    expect(paid()).toBePaid(order, { remainingBalance: 950_000 });
  });

  for (const [what, exchange, problem] of [
    ['a refusal', unaffordable(), 'it was not paid'],
    ['a 500', refused('pay', 500, ''), 'it was not paid'],
    ['another order', paid({ orderId: 13 }), 'it describes order 13'],
    ['another amount', paid({ paidAmount: 49_999 }), 'it says 49999 won were paid'],
    ['another status', paid({ status: 'PENDING' }), 'its status is PENDING instead of SUCCESS'],
    ['another balance', paid({ remainingBalance: 1_000_000 }), 'it says 1000000 won are left'],
    ['a malformed answer', malformed('pay', '{}', 'paymentId: missing'), 'paymentId: missing'],
    ['the wrong 2xx', { ...paid(), malformed: ['status 202 instead of 200'] }, 'status 202 instead of 200'],
  ] as const) {
    test(`toBePaid fails for ${what} and says so`, () => {
      const failure = failureOf(() => {
        expect(exchange).toBePaid(order, { remainingBalance: 950_000 });
      });
      expect(failure.split('\n').filter((line) => line.startsWith('  - '))).toEqual([`  - ${problem}`]);
      expect(exchange).not.toBePaid(order, { remainingBalance: 950_000 });
    });
  }

  test('toBePaid and its .not both fail for a lost answer', () => {
    expect(
      failureOf(() => {
        expect(lost('pay')).toBePaid(order);
      }),
    ).toContain('  - no answer says whether it was paid');
    const failure = failureOf(() => {
      expect(lost('pay')).not.toBePaid(order);
    });
    expect(failure).toContain(
      [
        'Expected: not order 12 paid with 50000 won',
        'Received: no answer (socket hang up)',
        '  - a lost answer proves nothing, not even with .not: settle it first by sending the request again with the same key',
      ].join('\n'),
    );
  });

  test('toBePaid failure lists all deviations at once', () => {
    const failure = failureOf(() => {
      expect(paid({ orderId: 13, paidAmount: 1, status: 'FAILED' })).toBePaid(order);
    });
    expect(failure.match(/^ {2}- /gm)).toHaveLength(3);
  });

  test("toBePaid failure looks like Playwright's own", () => {
    const failure = failureOf(() => {
      expect(unaffordable()).toBePaid(order);
    });
    expect(failure).toBe(
      [
        'expect(exchange).toBePaid(promise)',
        '',
        'Expected: order 12 paid with 50000 won',
        'Received: 409 balance (PAY001, required 50000, available 1000)',
        '  - it was not paid',
        '',
        'POST /api/orders/12/payment',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 409 balance (PAY001, required 50000, available 1000), 12 ms',
        `  ${unaffordable().response?.body ?? ''}`,
      ].join('\n'),
    );
  });

  test('failing .not.toBePaid says what was not expected', () => {
    const failure = failureOf(() => {
      expect(paid()).not.toBePaid(order, { remainingBalance: 950_000 });
    });
    expect(failure).toContain('expect(exchange).not.toBePaid(promise)');
    expect(failure).toContain('Expected: not order 12 paid with 50000 won, 950000 won left\nReceived: 200\n');
  });
});
