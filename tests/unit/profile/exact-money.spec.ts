import { expect, test } from '@playwright/test';
import { exactFromTable, exactToTable } from '../../../helpers/profile/exact-money.ts';

test.describe('exact money', () => {
  for (const [form, amount, text] of [
    [{ decimals: 0, inTables: 'minor-units' }, 2n ** 63n - 1n, '9223372036854775807'],
    [{ decimals: 2, inTables: 'minor-units' }, 2n ** 53n + 1n, '9007199254740993'],
    [{ decimals: 2, inTables: 'decimal' }, 10n ** 19n - 1n, '99999999999999999.99'],
    [{ decimals: 2, inTables: 'decimal' }, 5n, '0.05'],
    [{ decimals: 0, inTables: 'decimal' }, 7n, '7'],
  ] as const) {
    test(`${amount} with ${form.decimals} decimals as ${form.inTables} is ${text} in a table, and read back`, () => {
      expect(exactToTable(form, amount)).toBe(text);
      expect(exactFromTable(form, text)).toBe(amount);
    });
  }

  test('column with more digits behind the point is read to the smallest unit, -0.50 as -50', () => {
    const form = { decimals: 2, inTables: 'decimal' } as const;
    expect(exactFromTable(form, '12.3400')).toBe(1_234n);
    expect(exactFromTable(form, '-0.50')).toBe(-50n);
  });
});
