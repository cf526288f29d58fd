import path from 'node:path';
import { expect, test, type TestInfo } from '@playwright/test';
import { startPrivateDatabase } from '../../../../fixtures/shops/database/private-database.ts';
import { startBundledTarget } from '../../../../fixtures/shops/restartable/bundled-target.ts';
import { crashDatabase, type CrashDatabase } from '../../../../fixtures/shops/restartable/crash-database.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { parseForcedFailures } from '../../../../helpers/settings/load/forced-failures.ts';
import { parseSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';

const small = { LOAD_PROFILE: 'smoke', LOAD_VUS: '4', LOAD_PAUSE_MS: '100', LOAD_GAP_MS: '20' };

/** Returns a database server that keeps what was committed when it is killed. */
const durable = (): Promise<CrashDatabase> => crashDatabase(parseSettings({}), {});

/** Returns a database server that keeps nothing of what is committed once it has been told to forget. */
const forgetful = async (): Promise<CrashDatabase> => {
  const server = await startPrivateDatabase();
  return {
    settings: server,
    kill: () => server.kill(),
    restart: () => server.restart(),
    stop: () => server.stop(),
  };
};

/** Lets a database server write its log no more by itself, so that a crash takes back all that is committed from then on. */
const forgetFromNowOn = async (settings: DatabaseSettings): Promise<void> => {
  const pool = await connectDatabase(settings, 1);
  try {
    await pool.query('SET GLOBAL innodb_flush_log_at_timeout = 1000');
  } finally {
    await pool.end();
  }
};

/** Runs a small load run that kills and starts a bundled shop of its own. */
const crashing = async (
  faults: string,
  settings: Readonly<Record<string, string>>,
  testInfo: TestInfo,
  {
    openDatabase = durable,
    fault,
  }: { readonly openDatabase?: () => Promise<CrashDatabase>; readonly fault?: string } = {},
): Promise<LoadSummary> => {
  const crashes = parseForcedFailures(faults);
  if (typeof crashes === 'string') throw new Error(crashes);
  const database = await openDatabase();
  try {
    const target = await startBundledTarget(database, { fault });
    try {
      if (openDatabase === forgetful) await forgetFromNowOn(target.database);
      const place = { folder: path.join(testInfo.outputDir, 'run'), url: target.url, database: target.database };
      return await runLoadHere(place, { ...small, ...settings }, { crashes, target });
    } finally {
      await target.close();
    }
  } finally {
    await database.stop();
  }
};

test.describe('load runs that kill the bundled shop', () => {
  test.describe.configure({ timeout: 180_000 });

  test('correct shop whose API and database are killed gets PASS, with both recoveries', async ({}, testInfo) => {
    const settings = { LOAD_DURATION: '12s', LOAD_THRESHOLDS: 'recovery_seconds:max<60; errors:rate<0.01' };
    const summary = await crashing('2s:kill-api,3s:start-api,7s:kill-db,8s:start-db', settings, testInfo);
    expect(summary.reason).toMatch(/^All 2 thresholds were kept and the ledger is clean/);
    expect(summary).toMatchObject({
      ...{ verdict: 'PASS', findings: [], diagnosis: [] },
      ledger: { audited: true, unknownLeft: 0, problems: [] },
      crashes: [{ killed: 'api' }, { killed: 'database' }],
      metrics: { recovery_seconds: { n: 2 } },
      counters: { iterations_failed: 0, http_req_failed: 0 },
    });
    expect(summary.counters.forced_failures).toBeGreaterThan(0);
    expect(summary.ledger.paymentsInTables).toBe(summary.counters.payments_made);
  });

  test('shop that answers payments before their commit gets FAIL for payments made again after a crash', async ({}, testInfo) => {
    const fault = 'payment-answered-before-commit';
    const summary = await crashing('2s:kill-api,2s:start-api', { LOAD_DURATION: '5s' }, testInfo, { fault });
    expect(summary.verdict).toBe('FAIL');
    expect(summary.findings[0]).toMatchObject({
      ...{ severity: 'critical', kind: 'replay-executed', call: 'pay', circumstance: 'after-crash' },
    });
  });

  test('shop whose killed database loses orders gets FAIL for orders answered but not written', async ({}, testInfo) => {
    const settings = { LOAD_PROFILE: 'order-create', LOAD_DURATION: '4s' };
    const summary = await crashing('2s:kill-db,2s:start-db', settings, testInfo, { openDatabase: forgetful });
    expect(summary.verdict).toBe('FAIL');
    const lost = summary.findings.filter(({ kind }) => kind === 'answered-but-not-written');
    expect(lost).toContainEqual(
      expect.objectContaining({ severity: 'critical', call: 'createOrder', circumstance: 'after-crash' }),
    );
    expect(lost[0]?.sentence).toMatch(
      /after a crash: order \d+ of user \d+ was answered as made and is not in the tables/,
    );
  });
});
