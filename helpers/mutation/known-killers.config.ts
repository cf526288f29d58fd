import { defineConfig } from '@playwright/test';
import type { ShopOption } from '../../fixtures/test.ts';
import { projectFolder } from '../text/project-folder.ts';
import { killersToRun } from './run-known-killers.ts';
import { scenarioNamed } from './scenario-named.ts';

/** One scenario against each of several shops: each shop has a project. */
export default defineConfig<ShopOption>({
  testDir: `${projectFolder}/tests/scenarios`,
  fullyParallel: true,
  timeout: 60_000,
  projects: killersToRun().map(({ name, shop, scenario }) => {
    const { file = /./, title = /./ } = scenarioNamed(scenario);
    return { name, testMatch: file, grep: title, use: { shop } };
  }),
});
