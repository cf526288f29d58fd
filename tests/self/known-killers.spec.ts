import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { faults } from '../../fixtures/reference-shop/faults/all-faults.ts';
import { isForced } from '../../helpers/fault-matrix/forced-scenarios.ts';
import { knownKillers } from '../../helpers/fault-matrix/known-killers.ts';
import { projectFolder } from '../../helpers/project-folder.ts';
import { childEnvironment } from '../../helpers/settings/child-environment.ts';

/** What `--list` prints of every scenario: `  [scenarios] › scenarios/top-up.spec.ts:9:3 › top-ups › a title @tag`. */
async function listedScenarios(): Promise<string> {
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [cli, 'test', '--list', '--project=scenarios', '--no-deps', '--reporter=list'];
  const env = childEnvironment({ BASE_URL: 'http://127.0.0.1:9', TARGET: 'reference' });
  return (await promisify(execFile)(process.execPath, args, { cwd: projectFolder, env })).stdout;
}

test.describe('known killers', () => {
  test('are scenarios that there are, of faults that there are', async () => {
    const lines = (await listedScenarios()).split('\n');
    const isListed = (killer: string): boolean => {
      const [name = '', title = ''] = killer.split(' › ');
      return lines.some((line) => line.includes(`${name}:`) && line.includes(` › ${title}`));
    };
    const missing = Object.values(knownKillers).filter((killer) => !isListed(killer));
    expect(missing, 'npm run faults -- --all-killers finds others').toEqual([]);
    const names = faults.map(({ name }) => name);
    expect(Object.keys(knownKillers).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('of races have their requests behind a gate', () => {
    const lucky = faults.filter(({ name, race }) => race && !isForced(knownKillers[name] ?? ''));
    expect(lucky.map(({ name }) => name)).toEqual([]);
  });
});
