import { defineConfig } from '@playwright/test';
import { projectFolder } from '../text/project-folder.ts';

/** Scenarios against many shops, one after the other in the same workers. */
export default defineConfig({
  fullyParallel: true,
  timeout: 60_000,
  reporter: './matrix-reporter.ts',
  projects: [
    { name: 'matrix', testDir: `${projectFolder}/tests/scenarios` },
    { name: 'crash', testDir: `${projectFolder}/tests/crash`, fullyParallel: false },
  ],
});
