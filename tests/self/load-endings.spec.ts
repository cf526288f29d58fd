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
    expect(exitCode).toBe(0);
  });
});
