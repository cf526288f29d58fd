import { expect, test } from '@playwright/test';
import { moneyFormOf, readableMoneyForm } from '../../../../helpers/target-check/suggest/suggest-money.ts';
import type { MoneyForm } from '../../../../helpers/profile/target-profile.ts';

const money: MoneyForm = { decimals: 0, inJson: 'minor-units', inTables: 'minor-units' };

const form = (value: unknown, amount: number, profile: Partial<MoneyForm> = {}): string | undefined => {
  const of = moneyFormOf(value, amount, { ...money, ...profile });
  return of && `${of.decimals} ${of.inJson}`;
};

test.describe('money form suggestions', () => {
  test('money form is suggested under which the answer equals the amount in the table', () => {
    expect(form(1_234_567, 1_234_567)).toBe('0 minor-units');
    expect(form('12345.67', 1_234_567)).toBe('2 decimal-string');
    expect(form(12_345.67, 1_234_567)).toBe('2 decimal-number');
    expect(form('1234.567', 1_234_567)).toBe('3 decimal-string');
    // In a DECIMAL column 1234567 are whole units, 100 times as much in cents.
    expect(form(123_456_700, 1_234_567, { inTables: 'decimal' })).toBe('2 minor-units');
    expect(form(5, 1_234_567)).toBeUndefined();
    expect(readableMoneyForm('10.00', money)).toEqual({ ...money, decimals: 2, inJson: 'decimal-string' });
    expect(readableMoneyForm('ten', money)).toBeUndefined();
  });
});
