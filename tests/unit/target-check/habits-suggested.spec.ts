import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { literal } from '../../../helpers/target-check/judge/misfit.ts';
import { writeProfile } from '../support/runs/run-target-check.ts';
import { checkVariant, wrongIn } from '../support/runs/check-variant.ts';

test.describe('target check of a health check at another path', () => {
  test('health check at another common path is suggested', async ({ baseURL }, testInfo) => {
    expect(baseURL).toBeUndefined();
    const health = { method: 'GET', path: '/internal/up', success: 200 };
    const target = await writeProfile(
      testInfo.outputPath('profile.ts'),
      literal({ ...reference, endpoints: { ...reference.endpoints, health } }),
    );
    const run = await checkVariant(variantNamed('extra-fields'), testInfo, target);
    expect(wrongIn(run)).toEqual([expect.stringContaining("say path: '/health'")]);
  });
});

test.describe('target check of a variant with the reference profile', () => {
  for (const [name, suggestion] of [
    ['paid-orders-refunded', "say paidOrders: 'cancellable'"],
    ['second-cancellation-answered', "say secondCancellation: 'answered'"],
    ['text-amounts-read', "say textAmounts: 'read'"],
    ['amounts-required', "say amount: 'required'"],
    ['small-amounts', 'say largest: 2147483647'],
    ['balance-taken-at-order', "say balanceIsTakenAt: 'order'"],
  ] as const) {
    test(`policy of ${name} is suggested: ${suggestion}`, async ({ baseURL }, testInfo) => {
      expect(baseURL).toBeUndefined();
      const run = await checkVariant(variantNamed(name), testInfo, 'reference');
      expect(wrongIn(run).join('\n')).toContain(suggestion);
    });
  }
});
