import { defineConfig } from '@playwright/test';
import { projectFolder } from '../text/project-folder.ts';

/** Scenarios against many shops, one after the other in the same workers. */
export default defineConfig({
  testDir: `${projectFolder}/tests/scenarios`,
  fullyParallel: true,
  timeout: 60_000,
  reporter: './matrix-reporter.ts',
  projects: [{ name: 'matrix' }],
});
