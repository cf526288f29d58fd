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
});
