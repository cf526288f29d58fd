import { expect, test } from '@playwright/test';
import { failureOf } from '../../support/examples/exchange-examples.ts';
import { assertionInWords, findsNoPayment } from '../../../../helpers/findings/deviations/assertion-in-words.ts';

const said = (error: string, decimals = 0): string | undefined => assertionInWords(error, { decimals });

/** Returns the error of an assertion about the state of the tables. */
const errorOf = (received: Record<string, unknown>, expected: Record<string, unknown>, remark?: string): string =>
  failureOf(() => {
    expect(received, remark).toMatchObject(expected);
  });

test.describe('assertion in words', () => {
  test('a balance is said in won, with the one that was expected', () => {
    expect(said(errorOf({ balances: [5000] }, { balances: [25_000] }))).toBe(
      'the tables hold a balance of 5000 won, expected a balance of 25000 won',
    );
  });

  test('amounts are said as the target writes them, and pieces as they are', () => {
    const [seen, due] = [
      { balances: [5000, 70], stock: [9], payments: [] },
      { balances: [25_000, 70], stock: [10], payments: [100, 100, 200] },
    ];
    expect(said(errorOf(seen, due), 2)).toBe(
      'the tables hold balances of 50.00, 0.70 and a stock of 9 and no payment, ' +
        'expected balances of 250.00, 0.70 and a stock of 10 and 3 payments (2 × 1.00, 2.00)',
    );
  });

  test('what is as expected is not said', () => {
    const [seen, due] = [
      { balances: [5000], orders: [], payments: [] },
      { balances: [5000], orders: ['pending'], payments: [] },
    ];
    expect(said(errorOf(seen, due))).toBe('the tables hold no order, expected 1 order (pending)');
  });

  test('the remark of the assertion comes first', () => {
    expect(said(errorOf({ stock: [9] }, { stock: [10] }, 'after the refusal'))).toBe(
      'after the refusal: the tables hold a stock of 9, expected a stock of 10',
    );
  });

  test('many values that are alike are counted', () => {
    const states = (paid: number): Record<string, unknown> => ({
      orders: [...Array.from({ length: paid }, () => 'paid'), ...Array.from({ length: 8 - paid }, () => 'pending')],
      payments: Array.from({ length: paid }, () => 10_000),
    });
    expect(said(errorOf(states(3), states(1)))).toBe(
      'the tables hold 8 orders (3 × paid, 5 × pending) and 3 payments (3 × 10000 won), ' +
        'expected 8 orders (paid, 7 × pending) and 1 payment (10000 won)',
    );
  });

  test('a state that is none of those that are allowed is said with all of them', () => {
    const allowed = [
      { balances: [5000], orders: ['pending'] },
      { balances: [0], orders: ['paid'] },
    ];
    const error = failureOf(() => {
      expect(allowed, 'all or nothing').toContainEqual({ balances: [5000], orders: ['cancelled'] });
    });
    expect(said(error)).toBe(
      'all or nothing: the tables hold a balance of 5000 won and 1 order (cancelled), ' +
        'allowed is a balance of 5000 won and 1 order (pending); or a balance of 0 won and 1 order (paid)',
    );
  });

  test('outcomes of several requests are counted', () => {
    const error = failureOf(() => {
      expect(['ok', 'ok']).toEqual(['ok', 'refused']);
    });
    expect(said(error)).toBe('2 of 2 requests succeeded, expected 1');
  });

  test('totals of orders are said in won', () => {
    expect(said(errorOf({ totals: [2] }, { totals: [20_000] }))).toBe(
      'the tables hold a total of 2 won, expected a total of 20000 won',
    );
  });

  test('tables without a payment are told from tables that hold one, whatever was expected', () => {
    const [none, one] = [
      { orders: ['pending'], payments: [] },
      { orders: ['paid'], payments: [10_000] },
    ];
    expect(findsNoPayment(errorOf(none, one))).toBe(true);
    expect(findsNoPayment(errorOf(one, none))).toBe(false);
    expect(findsNoPayment(errorOf({ ...none, payments: [] }, { orders: ['paid'] }))).toBe(false);
    const allowed = failureOf(() => {
      expect([one]).toContainEqual(none);
    });
    expect(findsNoPayment(allowed)).toBe(true);
  });

  test('anything else is left to the assertion', () => {
    expect(said(errorOf({ balance: 5000 }, { balance: 25_000 }))).toBeUndefined();
    expect(said(errorOf({ balances: [1], answered: 2 }, { balances: [2], answered: 3 }))).toBeUndefined();
  });
});
