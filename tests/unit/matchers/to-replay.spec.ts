import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import noKeys from '../../../fixtures/shops/targets/no-keys.ts';
import { setCurrentTarget } from '../../../helpers/profile/current-target.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import {
  charged,
  failureOf,
  inProgress,
  lost,
  ordered,
  paid,
  replayed,
  unaffordable,
} from '../support/examples/exchange-examples.ts';

const headers = { 'idempotent-replayed': 'true' };

test.describe('toReplay', () => {
  test('toReplay passes for the same bytes with the replay header', () => {
    expect(replayed()).toReplay(paid());
    expect(replayed()).toReplay(replayed());
    expect(ordered({}, { headers })).toReplay(ordered());
    expect(charged({}, { headers })).toReplay(charged());
  });

  test('where payments take no keys, a repeated one may be refused for what it would be short of', () => {
    setCurrentTarget(noKeys);
    expect(unaffordable()).toReplay(paid());
    setCurrentTarget(reference);
    expect(unaffordable()).not.toReplay(paid());
  });

  const sameInOtherOrder = `{ ${JSON.stringify(replayed().answer).slice(1)}`;

  for (const [what, replay, original, problems] of [
    ['a missing replay header', paid(), paid(), ['header Idempotent-Replayed is missing, not true']],
    [
      'another value of the replay header',
      paid({}, { headers: { 'idempotent-replayed': 'false' } }),
      paid(),
      ['header Idempotent-Replayed is false, not true'],
    ],
    [
      'another content type',
      paid({}, { headers: { 'idempotent-replayed': 'true', 'content-type': 'text/plain' } }),
      paid({}, { headers: { 'content-type': 'application/json' } }),
      ['its content type is text/plain'],
    ],
    [
      'another payment',
      replayed({ paymentId: 8 }),
      paid(),
      ['its body is not that of the original: paymentId is 8, not 7'],
    ],
    [
      'a newer balance',
      replayed({ remainingBalance: 1 }),
      paid(),
      ['its body is not that of the original: remainingBalance is 1, not 950000'],
    ],
    [
      'the same content in other bytes',
      { ...replayed(), response: { status: 200, headers, body: sameInOtherOrder } },
      paid(),
      ['its body is not that of the original'],
    ],
    ['another status', paid({}, { status: 201, headers }), paid(), ['its status is not 200']],
    ['an order replayed with 200', ordered({}, { status: 200, headers }), ordered(), ['its status is not 201']],
    [
      'a refusal',
      inProgress(),
      paid(),
      [
        'its status is not 200',
        'its body is not that of the original',
        'header Idempotent-Replayed is missing, not true',
      ],
    ],
  ] as const) {
    test(`toReplay fails for ${what} and says so`, () => {
      const failure = failureOf(() => {
        expect(replay).toReplay(original);
      });
      expect(failure.split('\n').filter((line) => line.startsWith('  - '))).toEqual(
        problems.map((problem) => `  - ${problem}`),
      );
      expect(replay).not.toReplay(original);
    });
  }

  test('toReplay fails for a refused original even when both answers are equal', () => {
    const failure = failureOf(() => {
      expect({ ...unaffordable(), response: { status: 200, headers, body: '' } }).toReplay({
        ...unaffordable(),
        response: { status: 200, headers, body: '' },
      });
    });
    expect(failure).toContain('  - the original itself did not succeed');
  });

  for (const [what, replay, original] of [
    ['a lost answer', lost('pay'), paid()],
    ['the replay of a lost original', paid(), lost('pay')],
  ] as const) {
    test(`toReplay and its .not both fail for ${what}`, () => {
      expect(
        failureOf(() => {
          expect(replay).toReplay(original);
        }),
      ).toContain('its body is not that of the original');
      expect(
        failureOf(() => {
          expect(replay).not.toReplay(original);
        }),
      ).toContain('  - a lost answer proves nothing');
    });
  }

  test("toReplay failure looks like Playwright's own", () => {
    const failure = failureOf(() => {
      expect(inProgress()).toReplay(paid());
    });
    const body = paid().response?.body ?? '';
    expect(failure).toMatch(/^expect\(exchange\)\.toReplay\(promise\)\n\nExpected: the original answer again: \{/);
    expect(failure).toContain(`${body}\nReceived: 409 in-progress (PAY003)\n  - its status is not 200\n`);
    expect(failure).toContain('\n\nPOST /api/orders/12/payment\n  {"userId":1,"idempotencyKey":"key-1"}\n→ 409');
  });

  test('toReplay failure cuts a long original', () => {
    const huge = { ...paid(), response: { status: 200, headers: {}, body: 'x'.repeat(1_000_000) } };
    const failure = failureOf(() => {
      expect(inProgress()).toReplay(huge);
    });
    expect(failure.length).toBeLessThan(4000);
    expect(failure).toContain('(1000000 characters)');
  });

  test('failing .not.toReplay says what was not expected', () => {
    const failure = failureOf(() => {
      expect(replayed()).not.toReplay(paid());
    });
    expect(failure).toContain('expect(exchange).not.toReplay(promise)');
    expect(failure).toContain('Expected: not the original answer again: {"paymentId":7');
  });
});
