import { expect, test } from '@playwright/test';
import { startShop } from '../../../fixtures/shops/reference/start-shop.ts';
import { withServer } from '../support/servers/odd-server.ts';
import { preflightHere } from '../support/runs/preflight-here.ts';
import { runInShops, type NamedShop } from '../support/runs/run-in-shops.ts';
import { checkTargetHere, writeProfile } from '../support/runs/run-target-check.ts';
import { suiteEnvironment } from '../support/runs/suite-environment.ts';

const ignoringCase = 'names of tables in small letters';

const servers = [
  { name: 'modes that change quotes and backslashes', options: ['--sql-mode=ANSI,NO_BACKSLASH_ESCAPES'] },
  { name: 'another time zone', options: ['--default-time-zone=-11:00'] },
  { name: ignoringCase, options: ['--lower-case-table-names=1'] },
] as const;

// As a target on such a server may be documented.
const spelledOtherwise = `{
  ...reference,
  tables: {
    ...reference.tables,
    users: { ...reference.tables.users, table: 'Users' },
    orders: { ...reference.tables.orders, table: 'ORDERS' },
    orderItems: { ...reference.tables.orderItems, table: 'Order_Items' },
    keys: reference.tables.keys.map((keys) => ({ ...keys, table: keys.table.toUpperCase() })),
  },
}`;

/** Starts a correct shop on each of these servers for as long as the work takes. */
const onServers = async <Result>(
  wanted: readonly (typeof servers)[number][],
  work: (shops: readonly NamedShop[]) => Promise<Result>,
  started: readonly NamedShop[] = [],
): Promise<Result> => {
  const [next, ...others] = wanted;
  if (!next) return work(started);
  return withServer(next.options, [], async (database) => {
    const shop = await startShop({ database });
    try {
      const named = { name: next.name, target: 'reference', url: shop.url, database };
      return await onServers(others, work, [...started, named]);
    } finally {
      await shop.close();
    }
  });
};

test.describe('server of odd settings', () => {
  test.describe.configure({ timeout: 180_000 });

  test('correct target on a server with other modes, time zone or case of names passes scenarios and check', async ({}, testInfo) => {
    const spelled = await writeProfile(testInfo.outputPath('spelled.ts'), spelledOtherwise);
    await onServers(servers, async (started) => {
      const shops = started.map((shop) => (shop.name === ignoringCase ? { ...shop, target: spelled } : shop));
      for (const { name, url, database, target } of shops) {
        const place = { folder: testInfo.outputPath(name), url, database };
        const environment = { ...suiteEnvironment(place), TARGET: target };
        const check = await checkTargetHere({ folder: place.folder, environment });
        expect.soft(check.exitCode, check.output).toBe(0);
        expect.soft((await preflightHere(place, { TARGET: target })).said, name).toBe('');
      }
      // Products whose names have quotes, expired keys, times, and what is held at a gate.
      const scenarios = ['order-view', 'expired-keys', 'timestamps', 'in-flight-other-key'];
      for (const [name, { passed, failed }] of await runInShops(shops, scenarios, testInfo.outputPath('run'))) {
        expect.soft(failed, name).toEqual([]);
        expect.soft(passed.length, name).toBeGreaterThan(0);
      }
    });
  });
});
