import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { loadSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { runCommand } from '../../support/runs/run-command.ts';
import { writeProfile } from '../../support/runs/run-target-check.ts';
import { withShop } from '../../support/servers/with-shop.ts';

const wrong = `{
  ...reference,
  name: 'wrong',
  // what stays
  endpoints: {
    ...reference.endpoints,
    createOrder: { ...reference.endpoints.createOrder, success: 200, answer: { orderId: 'id', totalAmount: 'sum' } },
    pay: { ...reference.endpoints.pay, key: { in: 'header', name: 'Idempotency-Key' } },
  },
  orderStatus: { ...reference.orderStatus, paid: 'PAID' },
  refusals: { ...reference.refusals, balance: { status: 400, codes: ['E1'] } },
}`;

const test = base.extend<{ server: DatabaseSettings }>({
  server: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database } = loadSettings();
    if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
    await use(database);
  },
});

test.describe('write corrections', () => {
  test.describe.configure({ timeout: 120_000 });

  test('profile with 7 wrong values is corrected by small edits, shown as a diff, until it fits', async ({
    server,
  }, testInfo) => {
    const target = await writeProfile(testInfo.outputPath('wrong.ts'), wrong);
    await withShop(correctParts, `written-${randomBytes(4).toString('hex')}`, server, async ({ url, database }) => {
      const { host, port, user, password, name } = database;
      const { exitCode, output } = await runCommand(
        'target-check',
        ['--write', `--output=${testInfo.outputPath('check')}`],
        {
          ...{
            BASE_URL: url,
            DB_HOST: host,
            DB_PORT: String(port),
            DB_USER: user,
            DB_PASSWORD: password,
            DB_NAME: name,
          },
          TARGET: target,
        },
      );
      expect(exitCode, output.slice(-3000)).toBe(0);
      expect(output).toMatch(/^-.*orderId: 'id'/m);
      expect(output).toMatch(/^\+.*orderId: 'orderId'/m);
      expect(output).toContain('the profile fits');
      const text = readFileSync(path.join(projectFolder, target), 'utf8');
      expect(text).toContain('// what stays');
      expect(text).toContain("paid: 'COMPLETED'");
      expect(text).not.toContain('E1');
    });
  });

  test('reference profile, which all others inherit, is never changed', async () => {
    const { exitCode, output } = await runCommand('target-check', ['--write'], { TARGET: 'reference' });
    expect(exitCode).toBe(2);
    expect(output).toContain('set TARGET to a profile of your own');
  });
});
