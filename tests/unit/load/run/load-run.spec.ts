import path from 'node:path';
import { expect, test } from '@playwright/test';
import { concludeRun } from '../../../../helpers/load/run/conclude-run.ts';
import { readSummary } from '../../../../helpers/load/report/compare/read-summary.ts';
import { ReportFolder } from '../../../../helpers/load/report/page/report-folder.ts';
import { bundledShop } from '../../support/servers/database-user.ts';
import { examplePart } from '../../support/examples/example-load-part.ts';
import { startFront } from '../../support/servers/front.ts';
import { runCommand } from '../../support/runs/run-command.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';
import { runSuite, type SuiteOutcome } from '../../support/runs/run-suite.ts';
import { suiteEnvironment } from '../../support/runs/suite-environment.ts';

const small = { LOAD_PROFILE: 'smoke', LOAD_VUS: '50', LOAD_ITERATIONS: '60', LOAD_PAUSE_MS: '0', LOAD_GAP_MS: '0' };

/** Runs a small load run as its users do. */
const load = (
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  ...options: readonly string[]
): Promise<SuiteOutcome> =>
  runSuite({ folder, ...bundledShop(), settings: { ...small, ...settings }, options: ['--project=load', ...options] });

test.describe('load run endings', () => {
  test.describe.configure({ timeout: 180_000 });

  test('--list runs no load, shows no summary and leaves that of an earlier run', async ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'run');
    const report = new ReportFolder({ load: { reportFolder: path.join(folder, 'load-report') } });
    report.writePart(examplePart());
    const summary = concludeRun(report);
    const { exitCode, terminal } = await load(folder, {}, '--list');
    expect(terminal).toContain('virtual users, part 1 of');
    expect(terminal).not.toContain('load report:');
    expect(exitCode).toBe(0);
    expect(readSummary(report)).toEqual(summary);
  });

  test('closed terminal ends a load run with its report and without its live line', async ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'run');
    const report = new ReportFolder({ load: { reportFolder: path.join(folder, 'load-report') } });
    const environment = suiteEnvironment({ folder, ...bundledShop() });
    const { exitCode, output } = await runCommand(
      'load',
      ['smoke', `--output=${path.join(folder, 'results')}`],
      { ...environment, LOAD_VUS: '2', LOAD_DURATION: '2m' },
      async (command) => {
        await expect.poll(() => report.live(), { timeout: 60_000 }).toHaveLength(1);
        command.kill('SIGHUP');
      },
    );
    expect(output).toContain('ending the run; press Ctrl-C again to abort it');
    expect(output).toContain('Stopped by hand; all thresholds were kept until then.');
    expect(exitCode).toBe(1);
    expect(readSummary(report)).toMatchObject({ verdict: 'INCONCLUSIVE', stoppedEarly: 'stopped by hand' });
    expect(report.live()).toEqual([]);
  });

  test('shard that lacks only the parts of other shards passes', async ({}, testInfo) => {
    const { exitCode, terminal } = await load(path.join(testInfo.outputDir, 'run'), {}, '--shard=1/2');
    expect(terminal).toContain('Only 1 of 2 parts are here.');
    expect(terminal).toMatch(/\nINCONCLUSIVE: \d+ passed, 0 failed, 0 not run\n/);
    expect(exitCode).toBe(0);
  });

  test('last line of an INCONCLUSIVE load run says INCONCLUSIVE', async ({}, testInfo) => {
    const unmeasured = { LOAD_PROFILE: 'order-create', LOAD_THRESHOLDS: 'duplicate_payments_prevented:count>0' };
    const settings = { LOAD_VUS: '2', LOAD_ITERATIONS: '4', ...unmeasured };
    const { exitCode, terminal } = await load(path.join(testInfo.outputDir, 'run'), settings);
    expect(terminal).toMatch(/\nINCONCLUSIVE: \d+ passed, 1 failed, 0 not run\nHTML report/);
    expect(exitCode).toBe(1);
  });

  test('load run on missing accounts is BLOCKED and names them', async ({}, testInfo) => {
    const settings = { ...small, LOAD_VUS: '2', SEED: 'off', USER_IDS: '900000001-900000010' };
    const summary = await runLoadHere({ folder: path.join(testInfo.outputDir, 'run'), ...bundledShop() }, settings);
    expect(summary.verdict).toBe('BLOCKED');
    expect(summary.reason).toContain('10 of 10 accounts of USER_IDS (900000001-900000010) are not there');
  });

  test('load run on an API that answers 503 or a web page is BLOCKED with that answer, seeded or not', async ({}, testInfo) => {
    const shop = bundledShop();
    const page = '<!doctype html><p>Sign in</p>';
    const unavailable = await startFront(shop.url, ({ path: asked }) =>
      asked === '/health' ? {} : { status: 503, body: '' },
    );
    const portal = await startFront(shop.url, () => ({
      headers: { 'content-type': 'text/html' },
      status: 200,
      body: page,
    }));
    const reasonOf = async (
      name: string,
      url: string,
      settings: Readonly<Record<string, string>> = {},
    ): Promise<string> => {
      const place = { ...shop, folder: path.join(testInfo.outputDir, name), url };
      const { verdict, reason } = await runLoadHere(place, { ...small, LOAD_VUS: '2', ...settings });
      return `${verdict}: ${reason}`;
    };
    try {
      const failing =
        /^BLOCKED: The API answers 503 to GET \/api\/users\/\d+\/balance: an empty body\. Nothing else can be/;
      expect(await reasonOf('seeded', unavailable.url)).toMatch(failing);
      const given = { SEED: 'off', LOAD_ITERATIONS: '5', USER_IDS: '1-2', PRODUCT_IDS: '1-2' };
      expect(await reasonOf('given', unavailable.url, given)).toMatch(failing);
      expect(await reasonOf('portal', portal.url)).toMatch(
        /^BLOCKED: The API answers 200 with a web page to GET \/api\/users\/\d+\/balance\. Another server than the API/,
      );
    } finally {
      unavailable.close();
      portal.close();
    }
  });

  test('BLOCKED load run says so in its last line and shows its arithmetic, and npm run plan the SQL', async ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'run');
    const { url, database } = bundledShop();
    const settings = { ...small, SEED: 'off', LOAD_VUS: '2', LOAD_ITERATIONS: '900000000', LOAD_ITERATION_MS: '1' };
    const run = await runSuite({ folder, url, database, settings, options: ['--project=load'] });
    expect(run.terminal).toMatch(/load smoke: .*\n {2}900,000,000 iterations shared by 2 virtual users\n/);
    expect(run.terminal).toMatch(/\nBLOCKED: 0 passed, 2 failed, 0 not run\nHTML report/);
    expect(run.exitCode).toBe(1);
    const summary = readSummary(new ReportFolder({ load: { reportFolder: path.join(folder, 'load-report') } }));
    expect(summary).toMatchObject({ verdict: 'BLOCKED', budget: { suffices: false, expectedPayments: 900_000_000 } });

    const plan = await runCommand('plan', ['smoke'], {
      ...suiteEnvironment({ folder, url, database }),
      ...settings,
    });
    expect(plan.output).toMatch(/that is too little\nSet SEED=on, or run:\nUPDATE `user_balance` SET `balance` = \d+ /);
    expect(plan.exitCode).toBe(1);
  });
});
