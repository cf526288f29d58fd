import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { RowDataPacket } from 'mysql2/promise';
import { connectDatabase } from '../../../helpers/database/connection/database-connection.ts';
import type { DatabaseSettings } from '../../../helpers/settings/settings.ts';
import { bundledShop, withRowsOnlyUser } from '../support/servers/database-user.ts';
import { preflightHere } from '../support/runs/preflight-here.ts';
import { runLoadHere } from '../support/runs/run-load-here.ts';
import { runScenarios } from '../support/runs/run-suite.ts';

/** Returns the CREATE TABLE statements of all tables, without their AUTO_INCREMENT counters. */
const tablesOf = async (database: DatabaseSettings): Promise<string[]> => {
  const pool = await connectDatabase(database, 1);
  const [tables] = await pool.query<RowDataPacket[][]>({ sql: 'SHOW TABLES', rowsAsArray: true });
  const statements: string[] = [];
  for (const [table] of tables) {
    const [[created]] = await pool.query<RowDataPacket[][]>({ sql: 'SHOW CREATE TABLE ??', rowsAsArray: true }, [
      table,
    ]);
    statements.push(JSON.stringify(created).replace(/ AUTO_INCREMENT=\d+/, ''));
  }
  await pool.end();
  return statements;
};

test.describe('table structure', () => {
  test.describe.configure({ timeout: 300_000 });

  test('scenarios and load need only a user who may read and write rows, and change no table', async ({}, testInfo) => {
    const { url, database } = bundledShop();
    const before = await tablesOf(database);
    expect(before.length).toBeGreaterThan(6);
    await withRowsOnlyUser(database, 'only-rows', async (rowsOnly) => {
      const pool = await connectDatabase(rowsOnly, 1);
      for (const statement of [
        'CREATE TABLE probe (id INT)',
        'CREATE TEMPORARY TABLE probe (id INT)',
        'ALTER TABLE orders ADD probe INT',
        'CREATE INDEX probe ON orders (status)',
        'TRUNCATE TABLE payments',
        'DROP TABLE payments',
        'SET GLOBAL max_connections = 10',
      ]) {
        await expect.soft(pool.query(statement), statement).rejects.toThrow(/denied/);
      }
      await pool.end();
      const place = { folder: path.join(testInfo.outputDir, 'run'), url, database: rowsOnly };
      expect((await preflightHere(place)).said).toBe('');
      const small = { LOAD_PROFILE: 'smoke', LOAD_VUS: '2', LOAD_ITERATIONS: '20', LOAD_PAUSE_MS: '0' };
      const { verdict, reason } = await runLoadHere(place, small);
      expect(verdict, reason).toBe('PASS');
      // Together these send every kind of statement that any scenario sends: seeding, gates on rows of every table that
      // is gated, expiring keys, changing prices, ledgers, cleaning up.
      const { exitCode, terminal } = await runScenarios(
        ['price-changes', 'expired-keys', 'atomic-key-record', 'concurrent-duplicates.race'],
        place,
      );
      const [, passed = '0'] = /PASS: (\d+) passed, 0 failed/.exec(terminal) ?? [];
      expect(Number(passed), terminal.slice(-3000)).toBeGreaterThan(20);
      expect(exitCode).toBe(0);
    });
    expect(await tablesOf(database)).toEqual(before);
  });
});
