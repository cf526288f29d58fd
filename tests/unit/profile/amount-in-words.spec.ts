import { expect, test } from '@playwright/test';
import {
  amountInWords,
  groupedInWords,
  plainAmount,
  rowsInWords,
  withUnit,
} from '../../../helpers/profile/amount-in-words.ts';

const [won, cents] = [{ decimals: 0 }, { decimals: 2 }];

test.describe('amounts in words', () => {
  test('are won where the target writes no decimals', () => {
    expect(amountInWords(2_000, won)).toBe('2000 won');
    expect(amountInWords(-5, {})).toBe('-5 won');
    expect(plainAmount(2_000, won)).toBe('2000');
    expect([0, -5, 1_041_350_000].map((amount) => groupedInWords(amount, won))).toEqual([
      ...['0 won', '-5 won', '1,041,350,000 won'],
    ]);
    expect(withUnit('1 + 2', won)).toBe('1 + 2 won');
    expect(amountInWords(9_223_372_036_854_775_807n, won)).toBe('9223372036854775807 won');
  });

  test('are decimals without a unit where the target writes them', () => {
    expect(amountInWords(2_000, cents)).toBe('20.00');
    expect(plainAmount(-5, cents)).toBe('-0.05');
    expect(plainAmount(0, { decimals: 3 })).toBe('0.000');
    expect(groupedInWords(123_456_789, cents)).toBe('1,234,567.89');
    expect(groupedInWords(-123_456, cents)).toBe('-1,234.56');
    expect(withUnit('0.01 + 0.02', cents)).toBe('0.01 + 0.02');
    expect(amountInWords(9_223_372_036_854_775_807n, cents)).toBe('92233720368547758.07');
  });

  test('that cannot be read are said to be no numbers', () => {
    expect(amountInWords(NaN, cents)).toBe('NaN');
    expect(groupedInWords(NaN, cents)).toBe('NaN');
    expect(amountInWords(NaN, won)).toBe('NaN won');
  });

  test('stand in rows and answers, among what is none', () => {
    const rows = [{ orderId: 12, total: 2_000, quantity: 3, lines: [{ unitPrice: 5, subtotal: 15 }], paidAmount: 1 }];
    expect(rowsInWords(rows, won)).toBe(JSON.stringify(rows));
    expect(rowsInWords(rows, cents)).toBe(
      '[{"orderId":12,"total":"20.00","quantity":3,"lines":[{"unitPrice":"0.05","subtotal":"0.15"}],"paidAmount":"0.01"}]',
    );
  });
});
