import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { HostedShop } from '../../../../helpers/mutation/hosts/shop-host-client.ts';
import type { Trial } from '../../../../helpers/mutation/matrix-plan.ts';
import { planVariable } from '../../../../helpers/settings/matrix-plan-file.ts';
import { runScenarios } from './run-suite.ts';

/** A shop that scenarios are run against. */
export interface NamedShop extends HostedShop {
  /** Unique among them. */
  readonly name: string;
  /** Name or file of its target profile. */
  readonly target: string;
}

/** The titles of the scenarios that ended so. */
export interface EndedScenarios {
  readonly passed: readonly string[];
  readonly skipped: readonly string[];
  /** With their errors. */
  readonly failed: readonly string[];
}

const namedSchema = z.object({ name: z.string() });

const specSchema = z.object({
  title: z.string(),
  tests: z.array(
    z.object({
      results: z.array(z.object({ status: z.string(), errors: z.array(z.object({ message: z.string().optional() })) })),
    }),
  ),
});

interface JsonSuite {
  readonly title: string;
  readonly specs: readonly z.infer<typeof specSchema>[];
  readonly suites?: readonly JsonSuite[] | undefined;
}

const suiteSchema: z.ZodType<JsonSuite> = z.object({
  title: z.string(),
  specs: z.array(specSchema),
  suites: z.lazy(() => z.array(suiteSchema)).optional(),
});

const reportSchema = z.object({ suites: z.array(suiteSchema) });

/**
 * Runs scenarios against several shops in one run of the suite, as the fault matrix does, instead of in one run each.
 *
 * @param scenarios parts of the names of their files, and further options.
 * @returns how they ended, by the name of the shop.
 */
export async function runInShops(
  shops: readonly NamedShop[],
  scenarios: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, EndedScenarios>> {
  const [first] = shops;
  if (!first) throw new Error('There is no shop to run scenarios against.');
  const host = await hostOf(shops);
  const trials = shops.map(({ name, target }): Trial => ({
    ...{ name, target, host: host.url, shop: { kind: 'variant', name } },
    ...{ scenarios: {}, isBrief: false },
  }));
  const plan = path.join(folder, 'plan.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(plan, JSON.stringify(trials));
  try {
    const { url, database } = first;
    const { terminal } = await runScenarios(['--reporter=json', ...scenarios], {
      ...{ folder, url, database },
      settings: { [planVariable]: plan },
    });
    const report = path.join(folder, 'report.json');
    const { suites } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')), { error: () => terminal });
    return new Map(shops.map(({ name }) => [name, endedIn(suites.flatMap(suitesNamed(name)))]));
  } finally {
    host.close();
  }
}

/** Tells the workers of a run where each shop is. */
async function hostOf(shops: readonly NamedShop[]): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const { name } = namedSchema.parse(body);
      const shop = request.url === '/enter' ? shops.find((one) => one.name === name) : undefined;
      response.end(JSON.stringify(shop ?? null));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const suitesNamed =
  (name: string) =>
  (suite: JsonSuite): JsonSuite[] =>
    suite.title === name ? [suite] : (suite.suites ?? []).flatMap(suitesNamed(name));

const specsOf = ({ specs, suites = [] }: JsonSuite): z.infer<typeof specSchema>[] => [
  ...specs,
  ...suites.flatMap(specsOf),
];

// A scenario that fails is expected to in a run against many shops, so that its worker goes on: the result counts.
const endedIn = (suites: readonly JsonSuite[]): EndedScenarios => {
  const ended = suites.flatMap(specsOf).flatMap(({ title, tests }) =>
    tests.flatMap(({ results }) =>
      results.map(({ status, errors }) => ({
        status,
        title: [title, ...errors.map(({ message = '' }) => message)].join('\n'),
      })),
    ),
  );
  const titlesOf = (isMeant: (status: string) => boolean): string[] =>
    ended.filter(({ status }) => isMeant(status)).map(({ title }) => title);
  return {
    passed: titlesOf((status) => status === 'passed'),
    skipped: titlesOf((status) => status === 'skipped'),
    failed: titlesOf((status) => status !== 'passed' && status !== 'skipped'),
  };
};
