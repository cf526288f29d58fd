import { defineConfig } from '@playwright/test';
import { loadPlan } from './helpers/load/plan/load-plan.ts';
import { isApiOnly, isCi, loadSettings } from './helpers/settings/settings.ts';
import { wantsCrashes } from './helpers/settings/wants-crashes.ts';
import { plannedWorkers } from './helpers/settings/planned-workers.ts';
import { wantsOwnTests } from './helpers/settings/wants-own-tests.ts';
import { loadTarget } from './helpers/profile/load-target.ts';

const settings = loadSettings();
const target = await loadTarget(settings.target);
const plan = await loadPlan(settings, plannedWorkers(settings));

// Without a database nothing but their own share of the range keeps workers apart: it had better be large.
const workers = settings.workers ?? (isApiOnly(settings) ? 1 : undefined);

const preflight = { name: 'preflight', testMatch: 'preflight.setup.ts' };
// Shows in the HTML report what all scenarios come to.
const findings = { name: 'findings', testMatch: 'findings.teardown.ts' };
const crash = {
  ...{ name: 'crash', testDir: 'tests/crash', dependencies: ['preflight'], teardown: 'findings' },
  // One kill at a time.
  ...{ workers: 1, fullyParallel: false },
};
// A target of your own is killed only where that was asked for, and nothing else runs meanwhile; the bundled shop that is
// killed is another one than that of the scenarios.
const mayCrash = settings.restart.api !== undefined;
const crashesAlone = mayCrash && wantsCrashes();

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  forbidOnly: isCi(),
  retries: 0,
  ...(workers !== undefined && { workers }),
  timeout: 60_000,
  metadata: { target: target.name, seed: settings.randomSeed },
  reporter: [
    // The first one: it changes what the others are given.
    ['./helpers/report/safe-reporter.ts'],
    ['./helpers/report/progress-reporter.ts'],
    ['junit', { outputFile: 'test-results/junit.xml' }],
    ['./helpers/report/load-reporter.ts'],
    ['./helpers/report/findings-reporter.ts', { target: target.name }],
    ['./helpers/report/run-reporter.ts', { target: target.name, seed: settings.randomSeed }],
    // After the one that attaches the findings.
    ['html', { open: 'never', title: `Order & pay scenarios: ${target.name}` }],
    ['./helpers/report/findings-first-reporter.ts'],
  ],
  projects: crashesAlone
    ? [preflight, findings, crash]
    : [
        preflight,
        findings,
        // Before the scenarios: it takes as long as it takes, and they fit in beside it.
        {
          name: 'load',
          testDir: 'tests/load',
          testMatch: 'load.spec.ts',
          // What is used as it is must not be written to beforehand either.
          dependencies: plan.seed ? ['preflight'] : [],
          teardown: 'verdict',
        },
        { name: 'scenarios', testDir: 'tests/scenarios', dependencies: ['preflight'], teardown: 'findings' },
        ...(mayCrash ? [] : [crash]),
        { name: 'verdict', testDir: 'tests/load', testMatch: 'verdict.spec.ts' },
        ...(wantsOwnTests() ? [{ name: 'unit', testDir: 'tests/unit' }] : []),
      ],
  ...(settings.usesBundledShop && {
    webServer: {
      command: `node --import tsx helpers/cli/shop.ts --owner-pid=${process.pid}`,
      wait: {
        stdout:
          /bundled-shop url=(?<bundled_shop_url>\S+) db=(?<bundled_shop_db>\S+) other=(?<bundled_shop_other_url>\S*)/,
      },
      timeout: 60_000,
      stderr: 'pipe',
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  }),
});
