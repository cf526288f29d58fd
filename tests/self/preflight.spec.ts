import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '../../fixtures/expect.ts';
import { startShop } from '../../fixtures/reference-shop/start-shop.ts';
import { correctParts } from '../../fixtures/reference-shop/shop-parts.ts';
import { variantNamed } from '../../fixtures/reference-shop/variants/all-variants.ts';
import { test } from './own-database.ts';
import { runSuite } from './run-suite.ts';

test.describe('preflight', () => {
  test('a target that shows its own balances until it writes them itself is told of, and not blocked', async ({
    database,
  }, testInfo) => {
    const shop = await startShop({ database, parts: variantNamed('balances-remembered').apply(correctParts) });
    try {
      const folder = path.join(testInfo.outputDir, 'run');
      const { exitCode, terminal } = await runSuite({
        folder,
        url: shop.url,
        database,
        options: ['--project=preflight', '--reporter=json'],
      });
      expect(exitCode, terminal.slice(-5000)).toBe(0);
      const report = await readFile(path.join(folder, 'report.json'), 'utf8');
      expect(report).toContain('a balance that was seeded by SQL was not seen for longer than 10000 ms');
    } finally {
      await shop.close();
    }
  });

  test('keys whose table the profile does not name are told of, and block nothing', async ({
    database,
    pool,
  }, testInfo) => {
    const shop = await startShop({ database });
    try {
      const preflight = (name: string) =>
        runSuite({
          ...{ folder: path.join(testInfo.outputDir, name), url: shop.url, database },
          options: ['--project=preflight'],
        });
      const named = await preflight('named');
      expect(named.exitCode, named.terminal.slice(-5000)).toBe(0);
      expect(named.terminal).not.toContain('may stay in the database');
      await pool.query('RENAME TABLE charge_idempotency TO charge_keys');
      const unnamed = await preflight('unnamed');
      expect(unnamed.exitCode, unnamed.terminal.slice(-5000)).toBe(0);
      expect(unnamed.terminal.split('may stay in the database: rows of the keys of top-ups: there is no')).toHaveLength(
        2,
      );
    } finally {
      await shop.close();
    }
  });
});
