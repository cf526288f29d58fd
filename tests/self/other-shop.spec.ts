import path from 'node:path';
import { expect } from '../../fixtures/expect.ts';
import { startOtherShop } from '../../fixtures/other-shop/server.ts';
import { connectDatabase } from '../../helpers/database-connection.ts';
import type { DatabaseSettings } from '../../helpers/settings.ts';
import { test as base } from './own-database.ts';
import { runSuite } from './run-suite.ts';

const token = 'a-token-of-the-other-shop';

const test = base.extend<{ otherShop: string }>({
  otherShop: async ({ database }, use) => {
    const shop = await startOtherShop({ database, token });
    await use(shop.url);
    await shop.close();
  },
});

const rowCounts = async (database: DatabaseSettings): Promise<unknown> => {
  const pool = await connectDatabase(database, 1);
  const tables = ['customer', 'wallet', 'article', 'purchase', 'purchase_line', 'capture', 'request_key'];
  const [rows] = await pool.query(
    tables.map((table) => `SELECT '${table}' AS name, COUNT(*) AS count FROM ${table}`).join(' UNION ALL '),
  );
  await pool.end();
  return rows;
};

test.describe('a shop that somebody else wrote', () => {
  test.describe.configure({ timeout: 300_000 });

  for (const [what, options, settings, fewest] of [
    ['all scenarios are green or not applicable', ['--project=preflight', '--project=scenarios'], {}, 140],
    [
      'a load run passes',
      ['--project=preflight', '--project=load'],
      { LOAD_PROFILE: 'smoke', LOAD_VUS: '2', LOAD_ITERATIONS: '200', LOAD_PAUSE_MS: '0' },
      2,
    ],
  ] as const) {
    test(`${what}, and no row is left`, async ({ otherShop, database }, testInfo) => {
      const before = await rowCounts(database);
      const { exitCode, terminal } = await runSuite({
        folder: path.join(testInfo.outputDir, 'run'),
        url: otherShop,
        database,
        settings: { TARGET: 'tests/targets/other-shop.ts', API_TOKEN: token, WORKERS: '2', ...settings },
        options,
      });
      const [, passed = '0'] = /PASS: (\d+) passed, 0 failed/.exec(terminal) ?? [];
      expect(Number(passed), terminal.slice(-5000)).toBeGreaterThanOrEqual(fewest);
      expect(exitCode).toBe(0);
      expect(await rowCounts(database)).toEqual(before);
    });
  }
});
