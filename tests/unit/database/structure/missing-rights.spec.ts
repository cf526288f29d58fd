import { expect } from '../../../../fixtures/expect.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { missingRights } from '../../../../helpers/database/structure/missing-rights.ts';
import { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { withUserOf } from '../../support/servers/database-user.ts';
import { test } from '../../support/servers/own-database.ts';
import { withServer } from '../../support/servers/odd-server.ts';
import { preflightHere } from '../../support/runs/preflight-here.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';
import { runScenarios, runSuite } from '../../support/runs/run-suite.ts';
import { checkTargetHere } from '../../support/runs/run-target-check.ts';
import { suiteEnvironment } from '../../support/runs/suite-environment.ts';

const password = 'Rights-1234';
const inserting = { insertsUsers: true, insertsProducts: true, mayLease: true };

test.describe('database user who lacks rights', () => {
  test('each missing right is named with its GRANT, and leases where they suffice', async ({ database, pool }) => {
    await pool.query(
      'CREATE TABLE notices (id INT PRIMARY KEY, order_id BIGINT, FOREIGN KEY (order_id) REFERENCES orders (id))',
    );
    const lacking = (rights: readonly string[]) =>
      withUserOf(database, password, rights, async (user) => {
        const connected = await ShopDatabase.connect(user, reference);
        try {
          const missing = await missingRights(connected, inserting);
          return (
            missing && `${missing.lack}. ${missing.cure}`.replaceAll(user.user, 'app').replaceAll(database.name, 'shop')
          );
        } finally {
          await connected.close();
        }
      });
    expect(await lacking(['SELECT, INSERT, UPDATE, DELETE ON *'])).toBeUndefined();
    const nothing = await lacking(['SELECT ON *']);
    expect(nothing).toMatch(
      /^The database user 'app'@'%' lacks rights in \S+\/shop: INSERT, DELETE in users; INSERT, UPDATE, DELETE in/,
    );
    expect(nothing).toMatch(
      /; DELETE in orders, order_items, payments, notices.*\. Let an administrator say: GRANT INSERT, UPDATE, DELETE ON `shop`\.\* TO 'app'@'%';$/,
    );
    const tables = ['users', 'user_balance', 'products', 'orders', 'order_items', 'payments', 'charge_idempotency'];
    const others = [...tables, 'order_idempotency', 'notices'].map(
      (table) => `SELECT, INSERT, UPDATE, DELETE ON ${table}`,
    );
    expect(await lacking([...others, 'SELECT, UPDATE ON payment_idempotency'])).toMatch(
      /: DELETE in payment_idempotency\. Let an administrator say: GRANT DELETE ON `shop`\.`payment_idempotency` TO 'app'@'%';$/,
    );
    expect(await lacking(['SELECT, UPDATE, DELETE ON *'])).toMatch(
      /: INSERT in users, user_balance, products\. .* Or set USER_IDS and PRODUCT_IDS: users and products that are there are leased then$/,
    );
    expect(await lacking(['SELECT, UPDATE ON *'])).toMatch(
      /are leased then, with no more than GRANT DELETE ON `shop`\.\* TO 'app'@'%';$/,
    );
  });

  test('trials of rights change no row', async ({ shop, pool }) => {
    const account = await shop.insertAccount({ name: 'Kept', balance: 700 });
    const before = await pool.query('SELECT * FROM users JOIN user_balance ON user_balance.user_id = users.id');
    expect(await missingRights(shop, inserting)).toBeUndefined();
    expect((await pool.query('SELECT * FROM users JOIN user_balance ON user_balance.user_id = users.id'))[0]).toEqual(
      before[0],
    );
    await shop.removeAccounts([account]);
  });

  test('user who may only read is BLOCKED with the GRANT in scenarios, check and load run', async ({
    database,
  }, testInfo) => {
    const shop = await startShop({ database });
    try {
      await withUserOf(database, password, ['SELECT ON *'], async (user) => {
        const place = { folder: testInfo.outputPath('run'), url: shop.url, database: user };
        const grant = /GRANT INSERT, UPDATE, DELETE ON `\w+`\.\* TO '\w+'@'%';/;
        const run = await runSuite({ ...place, options: ['--project=scenarios', 'order-view'] });
        expect(run.terminal).toContain('BLOCKED: The database user');
        expect(run.terminal).toMatch(grant);
        expect(run.terminal).not.toMatch(/\n\s+at /);
        const check = await checkTargetHere({
          folder: testInfo.outputPath('check'),
          environment: suiteEnvironment(place),
        });
        expect(check.output).toMatch(grant);
        expect(check.output).not.toContain('USER_IDS');
        const load = await runLoadHere(place, { LOAD_PROFILE: 'smoke' });
        expect([load.verdict, load.reason]).toEqual(['BLOCKED', expect.stringMatching(grant)]);
      });
    } finally {
      await shop.close();
    }
  });

  test('load run on rows as they are is BLOCKED with the GRANT where it may not read them', async ({
    database,
  }, testInfo) => {
    const shop = await startShop({ database });
    try {
      await withUserOf(database, password, ['SELECT ON users'], async (user) => {
        const place = { folder: testInfo.outputPath('run'), url: shop.url, database: user };
        const load = await runLoadHere(place, { LOAD_PROFILE: 'smoke', SEED: 'off' });
        expect([load.verdict, load.reason]).toEqual([
          'BLOCKED',
          expect.stringMatching(
            /SELECT command denied .*Let an administrator say: GRANT SELECT ON `\w+`\.\* TO '\w+'@'%';/,
          ),
        ]);
      });
    } finally {
      await shop.close();
    }
  });

  test('server that is read-only is BLOCKED as one', async ({}, testInfo) => {
    const statements = [
      "CREATE USER 'app'@'127.0.0.1' IDENTIFIED BY 'Rights-1234'",
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ecommerce.* TO 'app'@'127.0.0.1'",
      'SET GLOBAL read_only = ON',
    ];
    await withServer([], statements, async (database) => {
      const shop = await startShop({ database });
      try {
        const user = { ...database, user: 'app', password };
        const { said } = await preflightHere({ folder: testInfo.outputPath('run'), url: shop.url, database: user });
        expect(said).toContain('BLOCKED: The database server is read-only, and a run writes');
        expect(said).not.toMatch(/\n\s+at /);
      } finally {
        await shop.close();
      }
    });
  });

  test('user without PROCESS runs scenarios that hold rows', async ({ database }, testInfo) => {
    const shop = await startShop({ database });
    try {
      await withUserOf(database, password, ['SELECT, INSERT, UPDATE, DELETE ON *'], async (user) => {
        const place = { folder: testInfo.outputPath('run'), url: shop.url, database: user };
        expect((await preflightHere(place)).said).toBe('');
        const run = await runScenarios(['in-flight-other-key', 'overspending'], place);
        expect(run.terminal).toMatch(/PASS: [1-9]\d* passed, 0 failed/);
      });
    } finally {
      await shop.close();
    }
  });
});
