import { expect, test } from '@playwright/test';
import { HoldingsSampler } from '../../../../helpers/load/run/holdings-sampler.ts';
import type { SeenHoldings } from '../../../../helpers/load/audit/holdings-view.ts';

/** Creates a sampler that sees the given holdings, one at each look. */
const samplerOf = (...seen: readonly SeenHoldings[]): HoldingsSampler => {
  const looks = seen.values();
  return new HoldingsSampler({
    holdings: () => {
      const { value } = looks.next();
      return value ? Promise.resolve(value) : Promise.reject(new Error('one look too many'));
    },
  });
};

test.describe('holdings sampler', () => {
  test('sampler says after 2 samples when the first holding runs out', async () => {
    const sampler = samplerOf(
      { balanceLowest: 1000, balanceTotal: 1_000_000, stockLowest: 9, stockTotal: 90 },
      { balanceLowest: 0, balanceTotal: 999_000, stockLowest: 9, stockTotal: 90 },
    );
    await sampler.look();
    expect(sampler.lastsSeconds).toBeUndefined();
    await sampler.look();
    expect(sampler.lastsSeconds).toBe(0);
  });
});
