import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { checkVariant, wrongIn } from '../support/runs/check-variant.ts';

test.describe('target check of habits that the profile does not say', () => {
  for (const [name, suggestion] of [
    ['paid-orders-refunded', "say paidOrders: 'cancellable'"],
    ['second-cancellation-answered', "say secondCancellation: 'answered'"],
    ['amounts-required', "say amount: 'required'"],
    ['small-amounts', 'say largest: 2147483647'],
    ['balance-taken-at-order', "say balanceIsTakenAt: 'order'"],
  ] as const) {
    test(`${name} is suggested: ${suggestion}`, async ({ baseURL }, testInfo) => {
      expect(baseURL).toBeUndefined();
      const run = await checkVariant(variantNamed(name), testInfo, 'reference');
      expect(wrongIn(run).join('\n')).toContain(suggestion);
    });
  }
});
