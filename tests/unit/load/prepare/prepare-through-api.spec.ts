import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '../../../../fixtures/expect.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { loadSummarySchema, type LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { childEnvironment } from '../../../../helpers/settings/environment/child-environment.ts';
import { test as base } from '../../support/servers/own-database.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';
import { runSuite, type SuiteOutcome } from '../../support/runs/run-suite.ts';

interface LoadOutcome extends SuiteOutcome {
  readonly summary: LoadSummary;
  /** Reads a report. */
  readonly report: (name: string) => string;
}

const withoutDatabase = { DB_HOST: '', SEED: 'off', LOAD_PROFILE: 'smoke', LOAD_VUS: '2' };

const test = base.extend<{
  /** URL of a shop of the test's own. */
  url: string;
  /** Runs a load profile against the shop, as its users do, without telling it the database. */
  runLoad: (settings: Readonly<Record<string, string>>) => Promise<LoadOutcome>;
  /** Runs it within this process. */
  runHere: (settings: Readonly<Record<string, string>>) => Promise<LoadSummary>;
}>({
  url: async ({ database }, use) => {
    const shop = await startShop({ database });
    await use(shop.url);
    await shop.close();
  },
  runLoad: async ({ database, url }, use, testInfo) => {
    await use(async (settings) => {
      const folder = path.join(testInfo.outputDir, 'run');
      const outcome = await runSuite({
        folder,
        url,
        database,
        settings: { ...withoutDatabase, ...settings },
        options: ['--project=load'],
      });
      const report = (name: string): string => readFileSync(path.join(folder, 'load-report', name), 'utf8');
      return { ...outcome, report, summary: loadSummarySchema.parse(JSON.parse(report('summary.json'))) };
    });
  },
  runHere: async ({ database, url }, use, testInfo) => {
    const place = { folder: path.join(testInfo.outputDir, 'run'), url, database };
    await use((settings) => runLoadHere(place, { ...withoutDatabase, ...settings }));
  },
});

test.describe('load run without a database', () => {
  test.describe.configure({ timeout: 120_000 });

  test('load run without a database is INCONCLUSIVE, samples the API and says what is not proven', async ({
    runLoad,
  }) => {
    const { exitCode, terminal, summary, report } = await runLoad({
      ...{
        USER_IDS: '1-10',
        PRODUCT_IDS: '1-10',
        LOAD_DURATION: '4s',
        LOAD_PAUSE_MS: '150',
        LOAD_THRESHOLDS: 'errors:rate<=0',
      },
    });
    expect(summary.verdict, terminal.slice(-3000)).toBe('INCONCLUSIVE');
    expect(exitCode).toBe(1);
    expect(summary.reason).toContain('money and stock add up in the tables');
    expect(summary.ledger).toMatchObject({ audited: false, notAudited: 'without a database', problems: [] });
    expect(summary.ledger.paymentsAnswered).toBeGreaterThan(10);
    expect(summary.budget).toMatchObject({ suffices: true, lowestBalance: 1_000_000, lowestStock: 1000 });
    const totals = summary.series.flatMap(({ balanceTotal }) => balanceTotal ?? []);
    expect(totals.length).toBeGreaterThan(1);
    expect(totals.at(-1)).toBeLessThan(totals[0] ?? 0);
    expect(summary.budget?.lines.join('\n')).toMatch(/what is left lasts: the balance/);
    expect(summary.left?.join('\n')).toMatch(/orders of users 1-10 were answered.*keys of this run begin with load-/);
    expect(terminal).toContain('not audited (without a database)');
    expect(report('index.html')).toContain('not audited (without a database)');
    expect(report('summary.md')).toContain('Not audited (without a database)');
  });

  test('load run without a database is BLOCKED with numbers and remedies when the API shows too little', async ({
    runHere,
  }) => {
    const summary = await runHere({
      ...{ USER_IDS: '1-2', PRODUCT_IDS: '1-10', LOAD_ITERATIONS: '200', LOAD_AMOUNTS: '50000' },
    });
    expect(summary.verdict).toBe('BLOCKED');
    expect(summary.iterations).toBe(0);
    expect(summary.reason).toMatch(/needs 10,000,000 won an account .* the lowest account holds 1,000,000 won/);
    expect(summary.reason).toContain('top up users 1-2 to 10,000,000 won each through the API (POST /api/users/');
    expect(summary.reason).toContain('LOAD_ITERATIONS=20 is what it suffices for');
  });

  test('npm run plan without a database counts with what the API shows', async ({ url }) => {
    const plan = (userIds: string): Promise<{ stdout: string }> =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', 'helpers/cli/plan.ts', 'smoke'], {
        cwd: projectFolder,
        env: childEnvironment({ BASE_URL: url, SEED: 'off', USER_IDS: userIds, PRODUCT_IDS: '1-10' }),
      });
    expect((await plan('1-40')).stdout).toContain(
      'there: 1,000,000 won in the lowest account, 1,000 in the lowest stock',
    );
    await expect(plan('1-2')).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('that is too little') });
  });

  test('load run without a database and USER_IDS is BLOCKED and names both id settings', async ({ runHere }) => {
    const summary = await runHere({ PRODUCT_IDS: '1-10', LOAD_ITERATIONS: '20' });
    expect(summary.verdict).toBe('BLOCKED');
    expect(summary.reason).toMatch(/^[^.]*USER_IDS and PRODUCT_IDS[^.]*DB_HOST[^.]*\.$/);
  });

  test('payments refused without a database are explained by the balances that the API shows', async ({ runHere }) => {
    const summary = await runHere({
      ...{ LOAD_PROFILE: 'incident', USER_IDS: '1-1', PRODUCT_IDS: '1-10', LOAD_ITERATIONS: '60' },
      ...{ LOAD_AMOUNTS: '50000', LOAD_PAUSE_MS: '0', LOAD_GAP_MS: '0' },
    });
    const [leading] = summary.diagnosis;
    expect(summary.verdict).toBe('FAIL');
    expect(leading?.cause).toBe('balance');
    expect(leading?.evidence.join('\n')).toMatch(
      /user 1 held 0 won as the API shows it when 50,000 won were refused \(1,000,000 won before the run\)/,
    );
    expect(leading?.evidence.join('\n')).toContain('1 of 1 accounts hold less than 50,000 won now');
    expect(leading?.remedy).toMatch(/Without a database: top up users 1-1 to [\d,]+ won each/);
    expect(leading?.remedy).not.toContain('UPDATE');
  });
});
