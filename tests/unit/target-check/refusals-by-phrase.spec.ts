import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { applyCorrection } from '../../../helpers/target-check/judge/apply-correction.ts';
import { literal } from '../../../helpers/target-check/judge/misfit.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { checkVariant, wrongIn } from '../support/runs/check-variant.ts';
import { writeProfile } from '../support/runs/run-target-check.ts';

test.describe('target check of refusals without codes of their own', () => {
  for (const name of ['messages-alone', 'refusals-in-plain-text', 'codes-shared']) {
    test(`suggestions for ${name} make the profile fit`, async ({ baseURL }, testInfo) => {
      expect(baseURL).toBeUndefined();
      const first = await checkVariant(variantNamed(name), testInfo, 'reference');
      expect(first.exitCode, first.output).toBe(1);
      expect(wrongIn(first).join('\n')).toContain("says: ['지갑을 먼저 채워 주세요']");
      const suggested = (first.report?.corrections ?? []).reduce(
        (profile, { property, value }) => applyCorrection(profile, { property, value }),
        structuredClone(reference),
      );
      const target = await writeProfile(testInfo.outputPath('profile.ts'), literal(suggested));
      const second = await checkVariant(variantNamed(name), testInfo, target);
      expect(wrongIn(second)).toEqual([]);
      expect(second.exitCode, second.output).toBe(0);
    });
  }
});
