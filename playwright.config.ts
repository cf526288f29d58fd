import { defineConfig } from '@playwright/test';
import { isCi, loadSettings, wantsOwnTests } from './helpers/settings.ts';
import { targetProfile } from './helpers/targets/target-profiles.ts';

const settings = loadSettings();
const target = targetProfile(settings.target);

export default defineConfig({
  testDir: 'tests',
  fullyParallel: true,
  forbidOnly: isCi(),
  retries: 0,
  ...(settings.workers !== undefined && { workers: settings.workers }),
  timeout: 60_000,
  metadata: { target: target.name, seed: settings.randomSeed },
  reporter: [
    ['list'],
    ['html', { open: 'never', title: `Order & pay scenarios: ${target.name}` }],
    ['junit', { outputFile: 'test-results/junit.xml' }],
    ['./helpers/report/run-reporter.ts', { target: target.name, seed: settings.randomSeed }],
  ],
  projects: [
    { name: 'preflight', testMatch: 'preflight.setup.ts' },
    { name: 'scenarios', testDir: 'tests/scenarios', dependencies: ['preflight'] },
    ...(wantsOwnTests() ? [{ name: 'self', testDir: 'tests/self' }] : []),
  ],
  ...(settings.usesBundledShop && {
    webServer: {
      command: `node --import tsx helpers/cli/shop.ts --owner-pid=${process.pid}`,
      wait: { stdout: /bundled-shop url=(?<bundled_shop_url>\S+) db=(?<bundled_shop_db>\S+)/ },
      timeout: 60_000,
      stderr: 'pipe',
      gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    },
  }),
});
