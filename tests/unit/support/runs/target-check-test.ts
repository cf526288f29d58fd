import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { schema } from '../../../../fixtures/shops/reference/database/schema.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { loadSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { countRows } from '../outputs/count-rows.ts';
import { withShop } from '../servers/with-shop.ts';
import { checkTargetHere, runTargetCheck, writeProfile, type CheckRun } from './run-target-check.ts';

interface Fixtures {
  /** The bundled shop, with a database of the test's own. */
  shop: { readonly url: string; readonly database: DatabaseSettings };
  /** Checks it, or something in front of it, with a profile: within this process, or by `npm run target:check`. */
  check: (options?: { url?: string; profile?: string; by?: 'command'; interruptAt?: string }) => Promise<CheckRun>;
  /** Counts the rows of each table. */
  countShopRows: () => Promise<Readonly<Record<string, number>>>;
}

/** A test that checks a shop of its own. */
export const test = base.extend<Fixtures>({
  shop: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database } = loadSettings();
    if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
    await withShop(correctParts, `target-check-${randomBytes(5).toString('hex')}`, database, (shop) => use(shop));
  },
  check: async ({ shop }, use, testInfo) => {
    let runs = 0;
    await use(async ({ url = shop.url, profile, by, interruptAt } = {}) => {
      const folder = testInfo.outputPath(`check-${(runs += 1)}`);
      const target = profile && (await writeProfile(`${folder}/profile.ts`, profile));
      const { host, port, user, password, name } = shop.database;
      const database = { DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_NAME: name };
      const environment = { BASE_URL: url, ...database, ...(target && { TARGET: target }) };
      return by === 'command'
        ? runTargetCheck({ environment, folder, ...(interruptAt !== undefined && { interruptAt }) })
        : checkTargetHere({ environment, folder });
    });
  },
  countShopRows: async ({ shop }, use) => {
    const pool = await connectDatabase(shop.database, 1);
    await use(() => countRows(pool, Object.keys(schema)));
    await pool.end();
  },
});

/** Returns each misfit as line, text and suggestion. */
export const misfitsOf = ({ report }: CheckRun): string[] =>
  (report?.steps ?? []).flatMap(({ misfits }) =>
    misfits.map(({ place, suggestion }) => `${place?.line ?? ''} ${place?.text ?? ''} → ${suggestion}`),
  );

/** Returns the titles of the steps that ended in one way. */
export const titlesOf = ({ report }: CheckRun, outcome: string): string[] =>
  (report?.steps ?? []).filter((step) => step.outcome === outcome).map(({ title }) => title);
