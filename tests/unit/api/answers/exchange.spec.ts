import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import {
  describeAnswer,
  describeExchange,
  describeExchangeAtLength,
  describeOutcome,
} from '../../../../helpers/api/answers/exchange.ts';
import { hostileTexts } from '../../support/examples/example-load-summary.ts';
import {
  inProgress,
  lost,
  malformed,
  ordered,
  paid,
  refused,
  unaffordable,
} from '../../support/examples/exchange-examples.ts';

test.describe('exchange descriptions', () => {
  test('every outcome is described in one line with status, cause and amounts', () => {
    const outcomes = [
      paid(),
      ordered(),
      unaffordable(),
      refused('createOrder', 409, { code: 'P002', message: '재고가 부족합니다. (요청: 2, 재고: 0)' }),
      inProgress(),
      refused('pay', 409, { message: 'Insufficient funds' }),
      refused('pay', 409, { code: 'X9', message: 'No' }),
      refused('pay', 409, ''),
      refused('pay', 503, '<html>'),
      malformed('pay', '{}', 'paymentId: expected number'),
      lost('pay'),
    ].map(describeOutcome);
    expect(outcomes).toEqual([
      '200',
      '201',
      '409 balance (PAY001, required 50000, available 1000)',
      '409 stock (P002, required 2, available 0)',
      '409 in-progress (PAY003)',
      '409 balance',
      '409 unknown (X9, no cause named)',
      '409 unknown (no cause named)',
      '503 server-error',
      '200 with a malformed body',
      'no answer (socket hang up)',
    ]);
  });

  test('description of an exchange shows request, outcome, duration and both bodies', () => {
    expect(describeExchange(unaffordable())).toBe(
      [
        'POST /api/orders/12/payment',
        '  {"userId":1,"idempotencyKey":"key-1"}',
        '→ 409 balance (PAY001, required 50000, available 1000), 12 ms',
        '  {"code":"PAY001","message":"Insufficient balance (required: 50000, available: 1000)","timestamp":"2026-07-01T09:00:00.000Z"}',
      ].join('\n'),
    );
  });

  test('problems of a malformed answer are listed below its body', () => {
    expect(
      describeExchange(malformed('pay', '{}', 'paymentId: missing', 'paidAt: missing'))
        .split('\n')
        .slice(-3),
    ).toEqual(['  {}', '  malformed: paymentId: missing', '  malformed: paidAt: missing']);
  });

  test('missing or empty body takes no line in the description', () => {
    const { idempotencyKey, request, ...rest } = lost('pay', 'timed out');
    const bare = { ...rest, request: { method: 'GET', path: request.path, headers: {} } };
    expect(idempotencyKey).toBe('key-1');
    expect(describeExchange(bare)).toBe('GET /api/orders/12/payment\n→ no answer (timed out), 12 ms');
    expect(describeExchange(refused('pay', 409, '')).split('\n')).toHaveLength(3);
  });

  test('long request and response bodies are cut and followed by their full length', () => {
    const exchange = refused('pay', 500, 'x'.repeat(1_000_000));
    const huge = { ...exchange, request: { ...exchange.request, body: 'y'.repeat(3000) } };
    const text = describeExchange(huge);
    expect(text).toContain(` ${'y'.repeat(500)}… (3000 characters)\n`);
    expect(text).toContain(` ${'x'.repeat(500)}… (1000000 characters)`);
    expect(describeExchange(refused('pay', 409, 'z'.repeat(500)))).toMatch(/z$/);
    const attached = describeExchangeAtLength(huge);
    expect(attached).toContain(` ${'y'.repeat(2000)}… (3000 characters)\n`);
    expect(attached).toContain(` ${'x'.repeat(2000)}… (1000000 characters)`);
  });

  test('one-line description quotes the start of a body that the outcome does not sum up', () => {
    expect(describeAnswer(paid())).toBe('200');
    expect(describeAnswer(unaffordable())).toBe('409 balance (PAY001, required 50000, available 1000)');
    expect(describeAnswer(lost('pay'))).toBe('no answer (socket hang up)');
    expect(describeAnswer(refused('pay', 503, '<html>\r\n<h1>Bad gateway</h1>'))).toBe(
      '503 server-error: <html> <h1>Bad gateway</h1>',
    );
    expect(describeAnswer(refused('pay', 404, ''))).toBe('404 unknown (no cause named): an empty body');
    const long = describeAnswer(malformed('pay', 'x'.repeat(1_000_000), 'paymentId: missing'));
    expect(long).toBe(`200 with a malformed body: ${'x'.repeat(300)}… (1000000 characters)`);
  });

  test('control and bidirectional characters from a target reach no description', () => {
    for (const text of hostileTexts) {
      const exchanges = [
        refused('pay', 409, { code: text, message: text }),
        refused('pay', 409, text),
        malformed('pay', text, 'paymentId: missing'),
        lost('pay', text),
      ];
      for (const shown of exchanges.flatMap((one) => [
        describeExchange(one),
        describeAnswer(one),
        describeOutcome(one),
      ]))
        expect.soft(shown).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
    }
  });
});
