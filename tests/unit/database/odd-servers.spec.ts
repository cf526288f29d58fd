import { expect, test } from '@playwright/test';
import { startShop } from '../../../fixtures/shops/reference/start-shop.ts';
import { withServer } from '../support/odd-server.ts';
import { runSuite } from '../support/run-suite.ts';
import { checkTargetHere, writeProfile } from '../support/run-target-check.ts';
import { suiteEnvironment } from '../support/suite-environment.ts';

const servers = [
  { name: 'modes that change quotes and backslashes', options: ['--sql-mode=ANSI,NO_BACKSLASH_ESCAPES'] },
  { name: 'another time zone', options: ['--default-time-zone=-11:00'] },
  { name: 'names of tables in small letters', options: ['--lower-case-table-names=1'] },
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

test.describe('server of odd settings', () => {
  test.describe.configure({ timeout: 180_000 });

  for (const { name, options } of servers) {
    test(`correct target on a server with ${name} passes scenarios and check`, async ({}, testInfo) => {
      await withServer(options, [], async (database) => {
        const shop = await startShop({ database });
        const ignoresCase = options[0].startsWith('--lower-case');
        const TARGET = ignoresCase
          ? await writeProfile(testInfo.outputPath('spelled.ts'), spelledOtherwise)
          : 'reference';
        const place = { folder: testInfo.outputPath('run'), url: shop.url, database };
        try {
          const check = await checkTargetHere({
            folder: testInfo.outputPath('check'),
            environment: { ...suiteEnvironment(place), TARGET },
          });
          expect(check.exitCode, check.output).toBe(0);
          const run = await runSuite({
            ...place,
            settings: { TARGET },
            // Products whose names have quotes, expired keys, times, and what is held at a gate.
            options: ['--project=scenarios', 'order-view', 'expired-keys', 'timestamps', 'in-flight-other-key'],
          });
          expect(run.terminal).toMatch(/PASS: [1-9]\d* passed, 0 failed/);
          expect(run.exitCode).toBe(0);
        } finally {
          await shop.close();
        }
      });
    });
  }
});
