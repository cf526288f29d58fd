import path from 'node:path';
import { expect, test, type TestInfo } from '@playwright/test';
import { faults } from '../../../../fixtures/shops/reference/faults/all-faults.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { bundledShop } from '../../support/servers/database-user.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';
import { withShop } from '../../support/servers/with-shop.ts';

const small = { LOAD_PROFILE: 'smoke', LOAD_VUS: '4', LOAD_ITERATIONS: '20', LOAD_PAUSE_MS: '0', LOAD_GAP_MS: '0' };

/** Runs a small load run against a fault of the bundled shop. */
const loadAgainst = (
  name: string,
  testInfo: TestInfo,
  settings: Readonly<Record<string, string>> = {},
): Promise<LoadSummary> => {
  const parts = faults.find((fault) => fault.name === name)?.apply(correctParts);
  if (!parts) throw new Error(`There is no fault ${name}.`);
  return withShop(parts, `load-${name}`, bundledShop().database, (shop) =>
    runLoadHere({ folder: path.join(testInfo.outputDir, name), ...shop }, { ...small, ...settings }),
  );
};

test.describe('findings of load runs against faults', () => {
  test.describe.configure({ timeout: 60_000 });

  test('replays that pay again are one finding with their count, and FAIL', async ({}, testInfo) => {
    const { verdict, findings } = await loadAgainst('replay-debits-again', testInfo);
    expect(verdict).toBe('FAIL');
    expect(findings).toMatchObject([
      {
        severity: 'critical',
        kind: 'debited-without-payment',
        family: 'money',
        call: 'pay',
        circumstance: 'under-load',
      },
    ]);
    expect(findings[0]?.sentence).toMatch(/^Payment, under load: \d+ won are gone: the balance of user \d+ is /);
  });

  test('run without a database finds the defects that answers show', async ({}, testInfo) => {
    const given = { DB_HOST: '', SEED: 'off', USER_IDS: '1-10', PRODUCT_IDS: '1-10', LOAD_ITERATIONS: '10' };
    const { findings } = await loadAgainst('replay-without-header', testInfo, given);
    expect(findings).toMatchObject([
      {
        severity: 'major',
        kind: 'replay-differs',
        family: 'idempotency',
        call: 'pay',
        circumstance: 'replay',
        count: 10,
      },
    ]);
    expect(findings[0]?.sentence).toContain('(the header is missing)');
    expect(findings[0]?.sample).toContain('POST /api/orders/');
  });
});
