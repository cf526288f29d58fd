import { defineConfig } from '@playwright/test';
import { loadSettings } from '../settings/settings.ts';
import { projectFolder } from '../text/project-folder.ts';
import { waitingScenarios, workersThatWait } from './waiting-scenarios.ts';

const { workers = 1 } = loadSettings();
const waiting = waitingScenarios.map((file) => `**/${file}`);
const testDir = `${projectFolder}/tests/scenarios`;

/** Scenarios against many shops, one after the other in the same workers. */
export default defineConfig({
  fullyParallel: true,
  timeout: 60_000,
  reporter: './matrix-reporter.ts',
  workers: workers + workersThatWait,
  // First what waits, in workers of its own: the others keep the processors busy meanwhile.
  projects: [
    {
      ...{ name: 'crash', testDir: `${projectFolder}/tests/crash`, fullyParallel: false },
      workers: workersThatWait - 1,
    },
    { name: 'waiting', testDir, testMatch: waiting, workers: workersThatWait },
    { name: 'matrix', testDir, testIgnore: waiting, workers },
  ],
});
