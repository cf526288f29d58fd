import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { charged, failureOf, lost, paid, unaffordable } from '../support/examples/exchange-examples.ts';

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

test.describe('toHaveOutcomes', () => {
  test('passes when each outcome came as often as promised', () => {
    expect([...times(4, paid()), ...times(6, unaffordable())]).toHaveOutcomes({ ok: 4, balance: 6 });
    expect([lost('pay'), paid()]).toHaveOutcomes({ 'unknown outcome': 1, ok: 1 });
  });

  test('says how many succeeded that could not, and what that means', () => {
    const failure = failureOf(() => {
      expect(times(15, paid())).toHaveOutcomes({ ok: 6, stock: 9 });
    });
    expect(failure).toContain('the stock is enough for 6 of 15 payments, 15 succeeded: oversold to 9 buyers');
    const overspent = failureOf(() => {
      expect(times(3, paid())).toHaveOutcomes({ ok: 2, balance: 1 });
    });
    expect(overspent).toContain('the balance is enough for 2 of 3 payments, 3 succeeded: 1 payment beyond the balance');
  });

  test('names requests of several calls just requests', () => {
    const failure = failureOf(() => {
      expect([paid(), charged()]).toHaveOutcomes({ ok: 1, 'order-state': 1 });
    });
    expect(failure).toContain('1 of 2 requests can succeed, 2 did: 1 too many');
  });

  test('says how many failed that should have succeeded, and how', () => {
    const failure = failureOf(() => {
      expect([paid(), unaffordable()]).toHaveOutcomes({ ok: 2 });
    });
    expect(failure).toContain('2 of 2 payments must succeed, 1 did (1 ok, 1 balance)');
  });

  test('says which refusals were due where only their causes differ', () => {
    const failure = failureOf(() => {
      expect([paid(), unaffordable()]).toHaveOutcomes({ ok: 1, stock: 1 });
    });
    expect(failure).toContain('of 2 payments 1 ok, 1 stock were due, and 1 ok, 1 balance came');
  });
});
