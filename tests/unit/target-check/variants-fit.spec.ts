import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { variants } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { partsOf, variantShops } from '../../../helpers/mutation/trials/variant-shops.ts';
import { checkVariant, wrongIn } from '../support/runs/check-variant.ts';

const shops = variantShops(variants, false).flatMap((shop) => {
  const parts = partsOf(shop);
  return (parts.length > 0 ? parts : [shop]).map(({ shop: one }) => one);
});

test.describe('target check of variants', () => {
  for (const shop of shops) {
    test(`profile of ${shop.name} fits`, async ({ baseURL }, testInfo) => {
      expect(baseURL).toBeUndefined();
      const run = await checkVariant(shop, testInfo);
      expect(wrongIn(run)).toEqual([]);
      expect(run.exitCode, run.output).toBe(0);
    });
  }
});
