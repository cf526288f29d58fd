import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chooseDatabase } from '../../fixtures/embedded-database/choose-database.ts';
import { faults } from '../../fixtures/reference-shop/faults/all-faults.ts';
import type { Fault } from '../../fixtures/reference-shop/faults/fault.ts';
import { correctParts } from '../../fixtures/reference-shop/shop-parts.ts';
import { variants } from '../../fixtures/reference-shop/variants/all-variants.ts';
import type { Variant } from '../../fixtures/reference-shop/variants/variant.ts';
import { z } from 'zod';
import {
  faultWord,
  isFullScore,
  matrixTable,
  type FaultResult,
  type MatrixResult,
  type VariantResult,
} from '../fault-matrix/matrix-result.ts';
import { runScenarios, type ScenarioResult } from '../fault-matrix/run-scenarios.ts';
import { withShop } from '../fault-matrix/with-shop.ts';
import { loadSettings, projectFolder, type DatabaseSettings } from '../settings.ts';
import { UserError } from '../user-error.ts';

/** Beyond so many, how many more scenarios catch a fault says nothing new. */
const mostKillers = 10;

const help = `Usage: npm run faults [-- options]

Runs the scenarios against every fault of the bundled shop, each of which some scenario must catch, and against every
allowed variant, which no scenario may accuse. Writes test-results/faults.json; exit code 0 only at full score.

  --only=NAME     this fault or variant alone; may be given several times
  --family=NAME   only the faults of a family: idempotency, money, stock, contract; or only the variants: variants
  --races         only the faults that show under concurrency
  --repeat=N      everything N times (default 1)
  --all-killers   go on after the first failure, to list the scenarios that catch a fault (at most ${mostKillers}; all for
                  a race), and remember for each fault one to try first
  --jobs=N        runs at the same time (default ${availableParallelism() * 2})
`;

const readOptions = () =>
  parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string', multiple: true, default: [] },
      family: { type: 'string' },
      races: { type: 'boolean', default: false },
      repeat: { type: 'string', default: '1' },
      'all-killers': { type: 'boolean', default: false },
      jobs: { type: 'string', default: String(availableParallelism() * 2) },
    },
  }).values;

const optionsOrExit = () => {
  try {
    return readOptions();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
};

const options = optionsOrExit();

/** A scenario's tags speak of more than the four families. */
const familyTags: Readonly<Record<Fault['family'], readonly string[]>> = {
  idempotency: ['@idempotency'],
  money: ['@balance'],
  stock: ['@stock', '@orders'],
  contract: ['@contract'],
};

/** The files of the scenarios whose requests race behind a gate. */
const forcedScenarios = 'scenarios/forced-';

const isForced = (scenario: string): boolean => scenario.startsWith('forced-');

const knownKillersFile = path.join(import.meta.dirname, '..', 'fault-matrix', 'known-killers.json');

const knownKillers = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(knownKillersFile, 'utf8')));

const stopping = new AbortController();

const isChosen = (name: string, family: string, race: boolean): boolean =>
  (options.only.length === 0 || options.only.includes(name)) &&
  (options.family === undefined || options.family === family) &&
  (!options.races || race);

const killers = ({ failed }: ScenarioResult) => failed.filter(({ project }) => project === 'scenarios');

const describe = ({ failed }: ScenarioResult): string[] => failed.map(({ file, title }) => `${file} › ${title}`);

/** A suite that fails with a correct shop kills every fault, and proves nothing. */
const assertCorrectShopPasses = (server: DatabaseSettings): Promise<void> =>
  withShop(correctParts, 'correct', server, async (shop) => {
    const only = 'scenarios/order-then-pay';
    const { failed } = await runScenarios({ ...shop, name: 'correct', only, maxFailures: 1, signal: stopping.signal });
    if (failed[0]) {
      throw new UserError(
        `Even the correct shop fails "${failed[0].title}", so no fault is tried:\n${failed[0].error}`,
      );
    }
  });

const runFault = (fault: Fault, name: string, server: DatabaseSettings): Promise<FaultResult> =>
  withShop(fault.apply(correctParts), name, server, async (shop) => {
    const run = (only: string | undefined, maxFailures: number): Promise<ScenarioResult> =>
      runScenarios({ ...shop, name, ...(only !== undefined && { only }), maxFailures, signal: stopping.signal });
    const catching = async (): Promise<ScenarioResult> => {
      if (options['all-killers']) return run(undefined, fault.race ? 0 : mostKillers);
      // What caught it before is only where to look first, and a race is to be caught for certain, not by luck. But
      // nothing less than all scenarios lets it survive.
      for (const only of [knownKillers[fault.name], fault.race ? forcedScenarios : undefined]) {
        const result = only === undefined ? undefined : await run(only, 1);
        if (result && killers(result).length > 0) return result;
      }
      return run(undefined, 1);
    };
    const result = await catching();
    return {
      name: fault.name,
      family: fault.family,
      race: fault.race,
      killed: killers(result).length > 0,
      killedBy: describe(result),
      throughGate: killers(result).some(({ file }) => isForced(file)),
      byOwnFamily: killers(result).some(({ tags }) => tags.some((tag) => familyTags[fault.family].includes(tag))),
      seconds: result.seconds,
    };
  });

const runVariant = (variant: Variant, name: string, server: DatabaseSettings): Promise<VariantResult> =>
  withShop(variant.apply(correctParts), name, server, async (shop) => {
    const target = variant.profile ?? 'reference';
    const result = await runScenarios({ ...shop, name, target, maxFailures: 1, signal: stopping.signal });
    return { name: variant.name, green: result.failed.length === 0, failed: describe(result), seconds: result.seconds };
  });

const inParallel = async (jobs: number, tasks: readonly (() => Promise<void>)[]): Promise<void> => {
  const queue = tasks.values();
  const worker = async (): Promise<void> => {
    for (const task of queue) {
      if (stopping.signal.aborted) return;
      await task();
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
};

const runMatrix = async (database: DatabaseSettings): Promise<MatrixResult> => {
  const results: { faults: FaultResult[]; variants: VariantResult[] } = { faults: [], variants: [] };
  const rounds = Array.from({ length: wholeNumber('repeat') }, (_, round) => round);
  const tasks = rounds.flatMap((round) => [
    ...variants
      .filter(({ name }) => isChosen(name, 'variants', false))
      .map((variant) => ({
        run: `${variant.name}-${round}`,
        work: async (run: string) => {
          const result = await runVariant(variant, run, database);
          results.variants.push(result);
          return `${result.green ? 'green   ' : 'ACCUSED '}  ${result.name}  ${result.failed.join('; ')}`;
        },
      })),
    ...faults
      .filter(({ name, family, race }) => isChosen(name, family, race))
      .map((fault) => ({
        run: `${fault.name}-${round}`,
        work: async (run: string) => {
          const result = await runFault(fault, run, database);
          results.faults.push(result);
          return `${faultWord(result)}  ${result.name}  ${result.killedBy[0] ?? ''}`;
        },
      })),
  ]);
  if (tasks.length === 0) throw new UserError('Nothing is chosen: see npm run shop -- --list-faults for the names.');
  let done = 0;
  await inParallel(
    wholeNumber('jobs'),
    tasks.map(({ run, work }) => async () => {
      try {
        const line = await work(run);
        done += 1;
        console.log(`[${String(done).padStart(String(tasks.length).length)}/${tasks.length}] ${line}`);
      } catch (error) {
        // A run that was stopped has no result; the others are still worth a table.
        if (!stopping.signal.aborted) throw error;
      }
    }),
  );
  const order = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name);
  const killed = results.faults.filter((fault) => fault.killed).length;
  return {
    faults: results.faults.toSorted(order),
    variants: results.variants.toSorted(order),
    score: { killed, total: results.faults.length },
  };
};

const rememberKillers = ({ faults: results }: MatrixResult): void => {
  const found = new Map(Object.entries(knownKillers));
  for (const { name, race, killedBy } of results) {
    const first = (race ? killedBy.find(isForced) : undefined) ?? killedBy[0];
    if (first !== undefined) found.set(name, first);
  }
  const inOrder = faults.flatMap(({ name }) => (found.has(name) ? [[name, found.get(name)]] : []));
  writeFileSync(knownKillersFile, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
};

const wholeNumber = (name: 'jobs' | 'repeat'): number => {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UserError(`--${name} is ${JSON.stringify(options[name])}, allowed is a whole number from 1.`);
};

const main = async (): Promise<void> => {
  const names = [...faults, ...variants].map(({ name }) => name);
  const unknown = options.only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `--only is "${unknown}", but no fault and no variant has that name: see npm run shop -- --list-faults.`,
    );
  }
  // The faulty shops of this process report their inner errors there, which are theirs and not the matrix's.
  console.error = () => undefined;
  const database = await chooseDatabase(loadSettings(), {
    log: (line) => {
      console.log(line);
    },
    signal: stopping.signal,
  });
  try {
    const start = performance.now();
    await assertCorrectShopPasses(database);
    const result = await runMatrix(database);
    const file = path.join(projectFolder, 'test-results', 'faults.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(result, undefined, 2));
    if (options['all-killers']) rememberKillers(result);
    console.log(`\n${matrixTable(result)}, ${Math.round((performance.now() - start) / 1000)} s`);
    process.exitCode = isFullScore(result) && !stopping.signal.aborted ? 0 : 1;
  } finally {
    await database.stop();
  }
};

// What a faulty shop leaves under way may fail when its database is gone.
process.on('unhandledRejection', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopping.abort();
  });
}

if (options.help) {
  console.log(help.trimEnd());
} else {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
