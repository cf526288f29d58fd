import path from 'node:path';
import { expect } from '../../../../fixtures/expect.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { variantNamed } from '../../../../fixtures/shops/reference/variants/all-variants.ts';
import { ApiOnlyRows } from '../../../../helpers/seeding/api-only/api-only-rows.ts';
import { ApiOnlyShop } from '../../../../helpers/seeding/api-only/api-only-shop.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { test } from '../../support/servers/own-database.ts';
import { preflightHere } from '../../support/runs/preflight-here.ts';
import { runScenarios } from '../../support/runs/run-suite.ts';

const silent = { send: () => Promise.reject(new Error('nothing answers')), close: () => Promise.resolve() };

test.describe('a run without a database', () => {
  test('skipped test that asked for several products leaves the next test undisturbed', async ({
    database,
  }, testInfo) => {
    const shop = await startShop({ database });
    try {
      const place = { folder: path.join(testInfo.outputDir, 'run'), url: shop.url, database };
      const settings = { DB_HOST: '', USER_IDS: '1-100', PRODUCT_IDS: '1-10' };
      expect((await preflightHere(place, settings)).said).toBe('');
      const { exitCode, terminal } = await runScenarios(
        ['lock-contention.race', '-g', 'payments of one|60 concurrent dupl'],
        { ...place, settings },
      );
      expect(terminal).toContain('1 passed, 0 failed, 1 not run, of which 1 are not applicable');
      expect(exitCode, terminal.slice(-5000)).toBe(0);
    } finally {
      await shop.close();
    }
  });

  test('users who hold no balance are neither looked up nor topped up', async ({ database }, testInfo) => {
    const shop = await startShop({ database, parts: variantNamed('orders-alone').apply(correctParts) });
    try {
      const place = { folder: testInfo.outputPath('run'), url: shop.url, database };
      const target = 'fixtures/shops/targets/orders-alone.ts';
      const settings = { DB_HOST: '', USER_IDS: '1-20', PRODUCT_IDS: '1-10', TARGET: target };
      expect((await preflightHere(place, settings)).said).toBe('');
      const { exitCode, terminal } = await runScenarios(['malformed-orders', '-g', 'truncated JSON body'], {
        ...place,
        settings,
      });
      expect(terminal).toContain('1 passed, 0 failed, 0 not run');
      expect(exitCode, terminal.slice(-5000)).toBe(0);
    } finally {
      await shop.close();
    }
  });

  test('unavailable product is reported once, and all pending requests end with the test', async () => {
    const told: string[] = [];
    const notApplicable = (why: string): void => {
      told.push(why);
    };
    const api = new ShopApi({ profile: reference, transport: silent });
    const shop = new ApiOnlyShop('nowhere', api, reference, notApplicable);
    const rows = new ApiOnlyRows({ api, shop, userIds: [], productIds: [], notApplicable });
    const asked = Promise.allSettled([1, 2, 3].map(() => rows.newProduct({ name: '', price: 1, stock: 1 })));
    let isOver = false;
    void asked.then(() => {
      isOver = true;
    });
    await rows.putBack();
    expect(isOver).toBe(true);
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(told).toEqual([expect.stringContaining('a product at 1 won with exactly 1 in stock')]);
  });
});
