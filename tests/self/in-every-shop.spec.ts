import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test as base } from '@playwright/test';
import type { Choice, Trial } from '../../helpers/fault-matrix/matrix-plan.ts';
import { projectFolder } from '../../helpers/project-folder.ts';
import { childEnvironment } from '../../helpers/settings/child-environment.ts';
import { planVariable } from '../../helpers/settings/matrix-plan-file.ts';

interface Fixtures {
  /** The scenarios that a run of the matrix registers for trials, as `trial › file › title`. */
  registered: (choices: Readonly<Record<string, Choice>>) => Promise<string[]>;
}

const test = base.extend<Fixtures>({
  registered: async ({}, use, testInfo) => {
    await use(async (choices) => {
      const trials = Object.entries(choices).map(([name, scenarios]): Trial => ({
        ...{ name, scenarios, shop: { kind: 'correct', name }, host: 'http://127.0.0.1:9' },
        ...{ target: 'reference', isBrief: true },
      }));
      const plan = testInfo.outputPath('plan.json');
      await writeFile(plan, JSON.stringify(trials));
      const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
      const config = path.join(projectFolder, 'helpers', 'fault-matrix', 'matrix.config.ts');
      const env = childEnvironment({ BASE_URL: 'http://127.0.0.1:9', [planVariable]: plan });
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [cli, 'test', `--config=${config}`, '--list', '--reporter=list'],
        { cwd: projectFolder, env, maxBuffer: 32 * 1024 * 1024 },
      );
      return stdout.split('\n').flatMap((line) => {
        const [, , trial, , ...titles] = line.trim().split(' › ');
        return trial === undefined ? [] : [`${trial}: ${titles.at(-1) ?? ''}`];
      });
    });
  },
});

test.describe('scenarios in every shop', () => {
  test('are registered for the trials that want them, and for no other', async ({ registered }) => {
    const everything = await registered({ everything: {} });
    const titles = everything.map((line) => line.replace('everything: ', ''));
    const some = await registered({
      one: { title: 'each order of an account is paid on its own' },
      none: { title: 'nobody has this title' },
      stock: { tags: ['@stock'], forced: true },
    });
    expect(some.filter((line) => !line.startsWith('stock: '))).toEqual([
      'one: each order of an account is paid on its own',
    ]);
    const ofStock = some.filter((line) => line.startsWith('stock: '));
    expect(ofStock.length).toBeGreaterThan(1);
    expect(ofStock.length).toBeLessThan(titles.length / 2);
    // Those of specs with fixtures of their own as well.
    expect(titles.length).toBeGreaterThan(300);
  });
});
