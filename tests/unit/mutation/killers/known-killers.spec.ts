import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { faults } from '../../../../fixtures/shops/reference/faults/all-faults.ts';
import { isForced } from '../../../../helpers/mutation/killers/forced-scenarios.ts';
import { knownKillers } from '../../../../helpers/mutation/killers/known-killers.ts';
import { familyTags } from '../../../../helpers/mutation/killers/fault-families.ts';
import { groupedBy } from '../../../../helpers/text/words/grouped-by.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { childEnvironment } from '../../../../helpers/settings/environment/child-environment.ts';

interface Suite {
  specs: { file: string; title: string; tags: string[] }[];
  suites?: Suite[] | undefined;
}

/** What `--list` says as JSON, of a file, and of each group of tests in it; its tags are without their `@`. */
const suiteSchema: z.ZodType<Suite> = z.object({
  specs: z.array(z.object({ file: z.string(), title: z.string(), tags: z.array(z.string()) })),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});

const specsOf = ({ specs, suites = [] }: Suite): Suite['specs'] => [...specs, ...suites.flatMap(specsOf)];

/** Lists the tags of every scenario, under its `file › title`. */
async function listScenarios(): Promise<Map<string, string[]>> {
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [cli, 'test', '--list', '--project=scenarios', '--project=crash', '--no-deps', '--reporter=json'];
  const env = childEnvironment({ BASE_URL: 'http://127.0.0.1:9', TARGET: 'reference' });
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    ...{ cwd: projectFolder, env, maxBuffer: 32 * 1024 * 1024 },
  });
  const { suites } = z.object({ suites: z.array(suiteSchema) }).parse(JSON.parse(stdout));
  return new Map(
    suites
      .flatMap(specsOf)
      .map(({ file, title, tags }) => [`${path.basename(file)} › ${title}`, tags.map((tag) => `@${tag}`)]),
  );
}

const fileOf = (name: string): string => name.split(' › ')[0] ?? '';

let listed: Promise<Map<string, string[]>> | undefined;

/** The same, listed once in a worker. */
const listedScenarios = (): Promise<Map<string, string[]>> => (listed ??= listScenarios());

test.describe('known killers', () => {
  // In one worker: a list of all scenarios takes as long as they take to load.
  test.describe.configure({ mode: 'default' });

  // One whose title has changed is looked for in its file, and remembered under its new title.
  test('are in files that there are, of faults that there are', async () => {
    const files = new Set([...(await listedScenarios()).keys()].map(fileOf));
    expect(Object.values(knownKillers).filter((killer) => !files.has(fileOf(killer)))).toEqual([]);
    const names = faults.map(({ name }) => name);
    expect(Object.keys(knownKillers).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('are tagged with the family of their fault, or stand in a file with scenarios that are', async () => {
    const scenarios = await listedScenarios();
    const tagsIn = groupedBy([...scenarios], ([name]) => fileOf(name));
    const tagsOf = (killer: string): string[] =>
      scenarios.get(killer) ?? (tagsIn.get(fileOf(killer)) ?? []).flatMap(([, tags]) => tags);
    const astray = faults.filter(
      ({ name, family }) => !tagsOf(knownKillers[name] ?? '').some((tag) => familyTags[family].includes(tag)),
    );
    expect(astray.map(({ name }) => name)).toEqual([]);
  });

  test('can be any scenario: each is tagged with a family', async () => {
    const tags = Object.values(familyTags).flat();
    const untagged = [...(await listedScenarios())].filter(([, tagged]) => !tagged.some((tag) => tags.includes(tag)));
    expect(untagged.map(([name]) => name)).toEqual([]);
  });

  test('of races have their requests behind a gate', () => {
    const lucky = faults.filter(({ name, race }) => race && !isForced(knownKillers[name] ?? ''));
    expect(lucky.map(({ name }) => name)).toEqual([]);
  });
});
