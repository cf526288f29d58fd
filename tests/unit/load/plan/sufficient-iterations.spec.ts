import { expect, test } from '@playwright/test';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { loadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { sufficientIterations } from '../../../../helpers/load/plan/sufficient-iterations.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

test.describe('sufficient iterations', () => {
  test('sufficientIterations returns the largest number of iterations that balance and stock cover', async () => {
    const plan = await loadPlan(parseSettings({ SEED: 'off', USER_IDS: '1-2', PRODUCT_IDS: '1-10' }), 1);
    const prices = [new Array<number>(10).fill(50_000)];
    const iterationsOf = (balanceLowest: number, stockLowest: number): number =>
      sufficientIterations(reference, plan, prices, { balanceLowest, stockLowest });
    expect(iterationsOf(1_000_000, 1000)).toBe(20);
    expect(iterationsOf(1_000_000, 5)).toBe(10);
    expect(iterationsOf(49_999, 1000)).toBe(0);
  });
});
