import { expect, test } from '@playwright/test';
import { lasting } from '../../../../helpers/load/measure/lasting.ts';

test.describe('lasting holdings', () => {
  test('balance and stock last as long as the rate of their decline allows', () => {
    expect(lasting({ balanceTotal: 1000, stockTotal: 50 }, { balanceTotal: 400, stockTotal: 40 }, 30)).toEqual({
      balance: 20,
      stock: 120,
    });
  });

  test('balance and stock last until their lowest or their total runs out, whichever is first', () => {
    const before = { balanceLowest: 300, balanceTotal: 10_000, stockLowest: 90, stockTotal: 100 };
    const after = { balanceLowest: 100, balanceTotal: 9000, stockLowest: 89, stockTotal: 90 };
    expect(lasting(before, after, 10)).toEqual({ balance: 5, stock: 90 });
  });

  test('end of balance or stock that does not fall, or has no time between samples, is unknown', () => {
    const before = { balanceLowest: 5, balanceTotal: 10 };
    expect(lasting(before, { balanceLowest: 5, balanceTotal: 11 }, 10)).toEqual({});
    expect(lasting(before, { balanceLowest: 5, balanceTotal: 5 }, 10)).toEqual({ balance: 10 });
    expect(lasting(before, { balanceLowest: 1, balanceTotal: 1 }, 0)).toEqual({});
    expect(lasting({}, before, 10)).toEqual({});
  });
});
