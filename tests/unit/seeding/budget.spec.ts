import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { budgetFor, describeBudget, paymentAmounts } from '../../../helpers/seeding/budget.ts';

test.describe('budget', () => {
  test('budget covers the largest amount for every payment, times the safety margin', () => {
    expect(budgetFor(500, 2)).toEqual({
      payments: 500,
      largestAmount: 50_000,
      safetyMargin: 2,
      balance: 50_000_000,
      stock: 1000,
    });
    expect(budgetFor(3, 1, 10_000)).toMatchObject({ balance: 30_000, stock: 3 });
  });

  test('budget of one payment without a margin is the largest payment amount', () => {
    expect(budgetFor(1, 1).balance).toBe(Math.max(...paymentAmounts));
  });

  // 1.1 has no exact binary form; one won more in the report would look like a mistake.
  for (const [payments, margin, balance, stock] of [
    [500, 1.1, 27_500_000, 550],
    [100, 1.1, 5_500_000, 110],
    [3, 1.5, 225_000, 5],
    [7, 1.01, 353_500, 8],
    [1, 1.00001, 50_001, 2],
    [10_000_000, 1.1, 550_000_000_000, 11_000_000],
  ] as const) {
    test(`budget for payments: ${payments}, margin: ${margin} is exact to the won`, () => {
      expect(budgetFor(payments, margin)).toMatchObject({ balance, stock });
    });
  }

  test('budget that cannot be counted exactly is refused', () => {
    expect(() => budgetFor(10_000_000, 100, 10_000_000)).toThrow(RangeError);
    expect(() => budgetFor(10_000_000, 100, 10_000_000)).toThrow(
      '10000000 payments of 10000000 won × 100 are too many to count exactly',
    );
    expect(budgetFor(2 ** 53 - 1, 1, 1).balance).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('budget is described as a calculation that can be checked', () => {
    expect(describeBudget(budgetFor(500, 2), { decimals: 0 })).toBe('500 payments × 50,000 won × 2 = 50,000,000 won');
    expect(describeBudget(budgetFor(1500, 1.5, 10_000), { decimals: 0 })).toBe(
      '1,500 payments × 10,000 won × 1.5 = 22,500,000 won',
    );
    expect(describeBudget(budgetFor(500, 2), { decimals: 2 })).toBe('500 payments × 500.00 × 2 = 500,000.00');
  });
});
