import { expect, test } from '@playwright/test';
import { sum } from '../../../helpers/text/sum.ts';

test.describe('sum', () => {
  test('sum of no amounts is 0', () => {
    expect(sum([])).toBe(0);
  });

  test('sum stays exact when its intermediate results exceed the safe integers', () => {
    expect(sum([Number.MAX_SAFE_INTEGER, 2, -Number.MAX_SAFE_INTEGER])).toBe(2);
    expect(sum([1, -3])).toBe(-2);
  });

  test('fractional amount is refused', () => {
    expect(() => sum([0.5])).toThrow(RangeError);
  });
});
