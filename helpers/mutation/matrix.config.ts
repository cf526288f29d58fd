import { defineConfig } from '@playwright/test';
import { projectFolder } from '../text/project-folder.ts';

/** Scenarios against many shops, one after the other in the same workers. */
export default defineConfig({
  fullyParallel: true,
  timeout: 60_000,
  reporter: './matrix-reporter.ts',
  projects: [
    // First, since they run one after the other, and the scenarios fit in beside them.
    { name: 'crash', testDir: `${projectFolder}/tests/crash`, fullyParallel: false },
    { name: 'matrix', testDir: `${projectFolder}/tests/scenarios` },
  ],
});
