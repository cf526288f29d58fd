import { expect, test } from '@playwright/test';
import { runCommand } from '../../support/runs/run-command.ts';

const forbidden = 'USER_IDS and PRODUCT_IDS forbid to insert rows, which a seeded load run does: set SEED=off';

test.describe('npm run load', () => {
  test('npm run load with given ids and without SEED=off is refused before it starts', async ({}, testInfo) => {
    const folder = { LOAD_REPORT_DIR: testInfo.outputPath('load-report') };
    const withIds = [{ USER_IDS: '1-10', SEED: 'on' }, { PRODUCT_IDS: '1-3' }];
    for (const ids of withIds) {
      expect.soft(await runCommand('load', ['smoke'], { ...folder, ...ids }), JSON.stringify(ids)).toEqual({
        exitCode: 1,
        output: `${forbidden} to use them as they are.\n`,
      });
    }
    const apiOnly = { ...folder, USER_IDS: '1-10', BASE_URL: 'http://127.0.0.1:9' };
    expect(await runCommand('load', ['smoke'], apiOnly)).toEqual({
      exitCode: 1,
      output: `${forbidden} to use them as they are, and DB_HOST to the database behind BASE_URL.\n`,
    });
  });
});
