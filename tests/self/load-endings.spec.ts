import path from 'node:path';
import { expect, test } from '@playwright/test';
import { bundledShop } from './database-user.ts';
import { runSuite, type SuiteOutcome } from './run-suite.ts';

const small = { LOAD_PROFILE: 'smoke', LOAD_VUS: '50', LOAD_ITERATIONS: '60', LOAD_PAUSE_MS: '0', LOAD_GAP_MS: '0' };

/** Runs a small load run as its users do. */
const load = (
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  ...options: readonly string[]
): Promise<SuiteOutcome> =>
  runSuite({ folder, ...bundledShop(), settings: { ...small, ...settings }, options: ['--project=load', ...options] });

test.describe('the end of a load run', () => {
  test.describe.configure({ timeout: 180_000 });

  test('a shard passes that lacks only the parts of the others', async ({}, testInfo) => {
    const { exitCode, terminal } = await load(path.join(testInfo.outputDir, 'run'), {}, '--shard=1/2');
    expect(terminal).toContain('Only 1 of 2 parts are here.');
    expect(terminal).toMatch(/\nINCONCLUSIVE: \d+ passed, 0 failed, 0 not run\n/);
    expect(exitCode).toBe(0);
  });

  test('the last line says INCONCLUSIVE where the load does', async ({}, testInfo) => {
    const unmeasured = { LOAD_PROFILE: 'order-create', LOAD_THRESHOLDS: 'duplicate_payments_prevented:count>0' };
    const settings = { LOAD_VUS: '2', LOAD_ITERATIONS: '4', ...unmeasured };
    const { exitCode, terminal } = await load(path.join(testInfo.outputDir, 'run'), settings);
    expect(terminal).toMatch(/\nINCONCLUSIVE: \d+ passed, 1 failed, 0 not run\nHTML report/);
    expect(exitCode).toBe(1);
  });

  test('the last line says BLOCKED where the load does', async ({}, testInfo) => {
    const settings = { LOAD_VUS: '2', SEED: 'off', USER_IDS: '900000001-900000010' };
    const { exitCode, terminal } = await load(path.join(testInfo.outputDir, 'run'), settings);
    expect(terminal).toContain('10 of 10 accounts of USER_IDS (900000001-900000010) are not there');
    expect(terminal).toMatch(/\nBLOCKED: 0 passed, 2 failed, 0 not run\nHTML report/);
    expect(exitCode).toBe(1);
  });
});
