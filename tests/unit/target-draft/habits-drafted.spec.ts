import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { faultsNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { test } from '../support/runs/draft-from.ts';

const unchanged = (document: unknown): unknown => document;

test.describe('habits drafted', () => {
  test.describe.configure({ timeout: 120_000 });

  test('duplicates that wait for the first request are drafted as waiting, and payments as one transaction', async ({
    draftFrom,
  }) => {
    const { exitCode, output, profile } = await draftFrom(unchanged);
    expect(exitCode, output).toBe(0);
    expect(profile.policies.inFlightDuplicates).toBe('wait');
    expect(profile.policies.paymentsCommit).toBe('at-once');
    expect(output).not.toContain('policies.paymentsCommit');
  });

  test('payments that are refused in flight, and top-ups that wait, are drafted as either, with the code', async ({
    draftFrom,
  }) => {
    const { exitCode, output, profile } = await draftFrom(
      unchanged,
      variantNamed('duplicates-refused').apply(correctParts),
    );
    expect(exitCode, output).toBe(0);
    expect(profile.policies.inFlightDuplicates).toBe('either');
    expect(profile.refusals['in-progress']).toEqual({ status: 409, codes: ['PAY003'] });
  });

  test('debit that commits before its payment is named, and stays a broken promise', async ({ draftFrom }) => {
    const { output, profile } = await draftFrom(unchanged, faultsNamed('debit-before-key')(correctParts));
    expect(profile.policies.paymentsCommit).toBe('at-once');
    expect(output).toContain("before the order is paid: say 'in-steps' if that is meant");
  });
});
