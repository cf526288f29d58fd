import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { startOtherShop } from '../../../fixtures/shops/other/server.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import type { ShopParts } from '../../../fixtures/shops/reference/shop-parts.ts';
import otherShop from '../../../fixtures/shops/targets/other-shop.ts';
import { connectDatabase } from '../../../helpers/database/connection/database-connection.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import headerKey from '../../../helpers/profile/targets/header-key.ts';
import hhplus from '../../../helpers/profile/targets/hhplus.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { loadSettings, type DatabaseSettings } from '../../../helpers/settings/settings.ts';
import { countRows } from '../support/outputs/count-rows.ts';
import { draftTargetHere } from '../support/runs/draft-target-here.ts';
import { withShop } from '../support/servers/with-shop.ts';

interface Running {
  readonly url: string;
  readonly database: DatabaseSettings;
}

const test = base.extend<{
  withBundledShop: (parts: ShopParts, work: (shop: Running) => Promise<void>) => Promise<void>;
}>({
  withBundledShop: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database } = loadSettings();
    if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
    await use((parts, work) => withShop(parts, `draft-${randomBytes(4).toString('hex')}`, database, work));
  },
});

/** Returns refusals with their codes in one order: which of them is seen first does not matter. */
const sorted = (refusals: TargetProfile['refusals']) =>
  Object.fromEntries(
    Object.entries(refusals).map(([reason, form]) => [reason, { ...form, codes: form.codes.toSorted() }]),
  );

/**
 * Returns a profile as it can be compared with another one of the same target: without reasons and what only seeding
 * needs.
 */
const comparable = ({ endpoints, tables, ids, money, errors, refusals, policies }: TargetProfile) => {
  const { keys, balances, products, users, ...others } = tables;
  return {
    endpoints: Object.fromEntries(
      Object.entries<object>({ ...endpoints }).map(([name, endpoint]) => [
        name,
        'notOffered' in endpoint ? 'not offered' : { ...endpoint, says: undefined },
      ]),
    ),
    tables: {
      ...others,
      keys: keys
        .map(({ table, userId }) => ({ table, userId }))
        .toSorted((one, other) => (one.table < other.table ? -1 : 1)),
      balances: { ...balances, fixed: undefined },
      products: { ...products, fixed: undefined },
      users: { id: users.id, table: users.table },
    },
    ...{ ids, money, errors },
    // A duplicate in flight is refused by few shops only.
    refusals: { ...sorted(refusals), 'in-progress': undefined },
    policies: {
      stockIsTakenAt: policies.stockIsTakenAt,
      key: { ...policies.key, requiredFor: policies.key.requiredFor.toSorted() },
    },
  };
};

const rowsOf = async (database: DatabaseSettings): Promise<unknown> => {
  const pool = await connectDatabase(database, 1);
  const [tables] = await pool.query('SHOW TABLES');
  const names = Array.isArray(tables) ? tables.flatMap((row) => Object.values(row).map(String)) : [];
  const counts = await countRows(pool, names);
  await pool.end();
  return counts;
};

test.describe('draft target', () => {
  test.describe.configure({ timeout: 120_000 });

  // The service of the dialect has further codes that a walk does not meet.
  const seen = { status: 400, codes: ['COMMON002'] };
  for (const { name, parts, shipped, differences } of [
    { name: 'reference', parts: correctParts, shipped: reference, differences: {} },
    { name: 'header-key', parts: variantNamed('header-key').apply(correctParts), shipped: headerKey, differences: {} },
    {
      name: 'hhplus',
      parts: variantNamed('hhplus').apply(correctParts),
      shipped: hhplus,
      differences: { 'invalid-quantity': seen, 'invalid-charge': seen },
    },
  ]) {
    test(`document and tables of the ${name} shop become its shipped profile`, async ({
      withBundledShop,
    }, testInfo) => {
      await withBundledShop(parts, async ({ url, database }) => {
        const before = await rowsOf(database);
        const { exitCode, output, profile } = await draftTargetHere({
          ...{ url, database, openApi: `${url}/docs/json`, folder: testInfo.outputPath() },
        });
        expect(exitCode, output).toBe(0);
        const expected = comparable(shipped);
        expect(comparable(profile)).toEqual({ ...expected, refusals: { ...expected.refusals, ...differences } });
        expect(await rowsOf(database)).toEqual(before);
      });
    });
  }

  test('document and tables of an independently written shop become a fitting profile', async ({
    withBundledShop,
  }, testInfo) => {
    await withBundledShop(correctParts, async ({ database: { name, ...server } }) => {
      const database = { ...server, name: `${name}_other` };
      const shop = await startOtherShop({ database, token: 'a-token-of-the-other-shop' });
      try {
        const { exitCode, output, profile } = await draftTargetHere({
          ...{ url: shop.url, database, openApi: `${shop.url}/docs/json`, folder: testInfo.outputPath() },
          environment: { API_TOKEN: 'a-token-of-the-other-shop' },
        });
        expect(exitCode, output).toBe(0);
        const [drafted, expected] = [comparable(profile), comparable(otherShop)];
        expect(JSON.stringify(drafted.endpoints).toLowerCase()).toContain('idempotency-key');
        expect(drafted.tables).toEqual(expected.tables);
        expect(drafted.refusals).toEqual(expected.refusals);
        expect(drafted.policies).toEqual(expected.policies);
        expect(profile.authentication).toEqual({ by: 'bearer-token' });
        expect(output).not.toContain('a-token-of-the-other-shop');
      } finally {
        await shop.close();
        const pool = await connectDatabase(database, 1);
        await pool.query('DROP DATABASE ??', [database.name]);
        await pool.end();
      }
    });
  });
});
