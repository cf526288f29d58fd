import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test as base } from '@playwright/test';
import { z } from 'zod';
import { circumstanceNames } from '../../../helpers/findings/kinds/circumstances.ts';
import { kindNames, kinds } from '../../../helpers/findings/kinds/kinds.ts';
import { promiseAnnotation, promises } from '../../../helpers/findings/promises.ts';
import { balancePromises } from '../../../helpers/findings/promises/balance.ts';
import { concurrencyPromises } from '../../../helpers/findings/promises/concurrency.ts';
import { contractPromises } from '../../../helpers/findings/promises/contract.ts';
import { gatewayPromises } from '../../../helpers/findings/promises/gateway.ts';
import { crashPromises } from '../../../helpers/findings/promises/crashes.ts';
import { interruptionPromises } from '../../../helpers/findings/promises/interruptions.ts';
import { keyPromises } from '../../../helpers/findings/promises/keys.ts';
import { orderPromises } from '../../../helpers/findings/promises/orders.ts';
import { paymentPromises } from '../../../helpers/findings/promises/payments.ts';
import { replayPromises } from '../../../helpers/findings/promises/replays.ts';
import { stockPromises } from '../../../helpers/findings/promises/stock.ts';
import { childEnvironment } from '../../../helpers/settings/environment/child-environment.ts';
import { projectFolder } from '../../../helpers/text/project-folder.ts';

interface Scenario {
  readonly name: string;
  /** Ids, the one that counts last. */
  readonly promises: readonly string[];
}

interface Suite {
  specs: {
    file: string;
    title: string;
    tests: { annotations: { type: string; description?: string | undefined }[] }[];
  }[];
  suites?: Suite[] | undefined;
}

/** What `--list` says as JSON, of a file, and of each group of tests in it. */
const suiteSchema: z.ZodType<Suite> = z.object({
  specs: z.array(
    z.object({
      file: z.string(),
      title: z.string(),
      tests: z.array(
        z.object({ annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })) }),
      ),
    }),
  ),
  get suites() {
    return z.array(suiteSchema).optional();
  },
});

const specsOf = ({ specs, suites = [] }: Suite): Suite['specs'] => [...specs, ...suites.flatMap(specsOf)];

const listScenarios = async (): Promise<Scenario[]> => {
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [cli, 'test', '--list', '--project=scenarios', '--project=crash', '--no-deps', '--reporter=json'];
  const env = childEnvironment({ BASE_URL: 'http://127.0.0.1:9', TARGET: 'reference' });
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    ...{ cwd: projectFolder, env, maxBuffer: 32 * 1024 * 1024 },
  });
  const { suites } = z.object({ suites: z.array(suiteSchema) }).parse(JSON.parse(stdout));
  return suites.flatMap(specsOf).map(({ file, title, tests }) => ({
    name: `${file} › ${title}`,
    promises: tests
      .flatMap(({ annotations }) => annotations)
      .flatMap(({ type, description = '' }) => (type === promiseAnnotation ? description : [])),
  }));
};

const test = base.extend<object, { scenarios: readonly Scenario[] }>({
  scenarios: [
    async ({}, use) => {
      await use(await listScenarios());
    },
    { scope: 'worker' },
  ],
});

const families = [
  paymentPromises,
  gatewayPromises,
  replayPromises,
  concurrencyPromises,
  keyPromises,
  crashPromises,
  interruptionPromises,
  balancePromises,
  stockPromises,
  orderPromises,
  contractPromises,
];

// One worker lists the scenarios, once.
test.describe.configure({ mode: 'default' });

test.describe('promises', () => {
  test('every scenario names 1 or 2 existing promises, none of them twice', ({ scenarios }) => {
    expect(scenarios.length).toBeGreaterThan(300);
    const ids = Object.keys(promises);
    const astray = scenarios.filter(
      ({ promises: held }) =>
        held.length < 1 || held.length > 2 || new Set(held).size < held.length || !held.every((id) => ids.includes(id)),
    );
    expect(astray).toEqual([]);
  });

  test('every promise is the last one of some scenario', ({ scenarios }) => {
    const tried = new Set(scenarios.map(({ promises: held }) => held.at(-1)));
    expect(Object.keys(promises).filter((id) => !tried.has(id))).toEqual([]);
  });

  test('ids are in kebab-case, and unique over all families', () => {
    const ids = families.flatMap((family) => Object.keys(family));
    expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
    expect(Object.keys(promises).toSorted()).toEqual(ids.toSorted());
  });

  test('each promise is one unique sentence with a source', () => {
    const all = Object.values(promises);
    for (const { sentence, source } of all) {
      expect(sentence).toMatch(/^[A-Z][^.!?;\n]{20,140}\.$/);
      expect(source, sentence).toMatch(/\S/);
    }
    expect(new Set(all.map(({ sentence }) => sentence)).size).toBe(all.length);
  });

  test('kinds and circumstances exist, and each promise has the severity of its kind', () => {
    for (const [id, { kind, circumstance, severity }] of Object.entries(promises)) {
      expect(kindNames, id).toContain(kind);
      expect(circumstanceNames, id).toContain(circumstance);
      expect(severity, id).toBe(kinds[kind].severity);
    }
  });
});
