import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { failureOf, lost, paid, refused, replayed } from '../support/examples/exchange-examples.ts';

test.describe('toReplayOrBeRefusedFor', () => {
  const original = paid();

  test('toReplayOrBeRefusedFor passes for a replay and for a refusal with the reason', () => {
    expect(replayed()).toReplayOrBeRefusedFor(original, 'order-state');
    expect(refused('pay', 409, { code: 'O003' })).toReplayOrBeRefusedFor(original, 'order-state');
  });

  test('toReplayOrBeRefusedFor fails for a second payment and says what differs', () => {
    const failure = failureOf(() => {
      expect(paid({ paymentId: 8 })).toReplayOrBeRefusedFor(original, 'order-state');
    });
    expect(failure).toContain('Expected: the original answer again, or refused for order-state');
    expect(failure).toContain('its body is not that of the original');
  });

  test('toReplayOrBeRefusedFor fails for a refusal with another reason', () => {
    const failure = failureOf(() => {
      expect(refused('pay', 409, { code: 'PAY001' })).toReplayOrBeRefusedFor(original, 'order-state');
    });
    expect(failure).toContain('its cause is balance');
  });

  test('toReplayOrBeRefusedFor and its .not both fail for a lost answer', () => {
    const positive = failureOf(() => {
      expect(lost('pay')).toReplayOrBeRefusedFor(original, 'order-state');
    });
    expect(positive).toContain('  - no answer says whether it was refused');
    const negative = failureOf(() => {
      expect(lost('pay')).not.toReplayOrBeRefusedFor(original, 'order-state');
    });
    expect(negative).toContain('  - a lost answer proves nothing');
  });
});
