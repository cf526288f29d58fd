import type { Fault } from '../../fixtures/shops/reference/faults/fault.ts';
import { correctParts } from '../../fixtures/shops/reference/correct-parts.ts';
import { UserError } from '../text/user-error.ts';
import { forcedScenarios, isForced } from './forced-scenarios.ts';
import { knownKillers } from './known-killers.ts';
import type { FaultResult } from './matrix-result.ts';
import { runKnownKillers, type Killer } from './run-known-killers.ts';
import { runScenarios, type ScenarioResult } from './run-scenarios.ts';
import { describe, type Trial } from './trial.ts';
import { withShop } from './with-shop.ts';

/** Beyond so many, how many more scenarios catch a fault says nothing new. */
export const mostKillers = 4;

/** A scenario's tags speak of more than the four families. */
export const familyTags: Readonly<Record<Fault['family'], readonly string[]>> = {
  idempotency: ['@idempotency'],
  money: ['@balance'],
  stock: ['@stock', '@orders'],
  contract: ['@contract'],
};

type Shop = Parameters<Parameters<typeof withShop>[3]>[0];

/** What the correct shop must pass before faults are tried. */
const control = { file: 'order-then-pay.spec.ts', title: 'each order of an account is paid on its own' };

/**
 * Runs a few scenarios against the correct shop, in both ways in which faults are tried: a suite that fails with it
 * kills every fault, and proves nothing.
 *
 * @throws UserError with the scenario that failed.
 */
export async function assertCorrectShopPasses(trial: Trial): Promise<void> {
  await withShop(correctParts, trial.name, trial.server, async (shop) => {
    const killer = toRun(trial.name, shop, `${control.file} › ${control.title}`);
    const outcomes = [
      await runScenarios({ ...trial, ...shop, only: `scenarios/${control.file}`, maxFailures: 1 }),
      await runKnownKillers([killer], { name: trial.name, database: trial.server, signal: trial.signal }),
    ];
    for (const { passed, failed } of outcomes) {
      if (passed > 0 && failed.length === 0) continue;
      const [{ title, error } = { title: control.title, error: 'It did not run.' }] = failed;
      throw new UserError(`Even the correct shop fails "${title}", so no fault is tried:\n${error}`);
    }
  });
}

const toRun = (name: string, { url, database }: Shop, scenario: string): Killer => ({
  ...{ name, scenario, shop: { url, databaseName: database.name } },
});

const judge = ({ name, family, race }: Fault, result: ScenarioResult): FaultResult => {
  const isOwn = ({ tags }: { tags: readonly string[] }): boolean =>
    tags.some((tag) => familyTags[family].includes(tag));
  // What speaks of the fault itself comes first.
  const failed = [...result.failed.filter(isOwn), ...result.failed.filter((one) => !isOwn(one))];
  return {
    ...{ name, family, race },
    killed: failed.length > 0,
    killedBy: describe({ ...result, failed }),
    throughGate: failed.some(({ file }) => isForced(file)),
    byOwnFamily: failed.some(isOwn),
    seconds: result.seconds,
  };
};

/** Finds out by which scenarios a fault is caught, without regard to which of them have caught it before. */
async function tryAllScenarios(fault: Fault, trial: Trial, shop: Shop): Promise<ScenarioResult> {
  if (trial.allKillers) return runScenarios({ ...trial, ...shop, maxFailures: fault.race ? 0 : mostKillers });
  // A race is to be caught for certain, not by luck. But nothing less than all scenarios lets it survive.
  const forced = fault.race && (await runScenarios({ ...trial, ...shop, only: forcedScenarios, maxFailures: 1 }));
  return forced && forced.failed.length > 0 ? forced : runScenarios({ ...trial, ...shop, maxFailures: 1 });
}

/** A fault, and where and how it is tried. */
export interface FaultTrial {
  readonly fault: Fault;
  readonly trial: Trial;
}

type Started = FaultTrial & { readonly shop: Shop };

/**
 * Finds out whether, and by which scenarios, faults are caught, each with a shop of its own. What caught each before is
 * where to look first, for all of them in one run.
 *
 * @param onResult called for each, as soon as it is known.
 */
export async function tryFaults(trials: readonly FaultTrial[], onResult: (result: FaultResult) => void): Promise<void> {
  const withShops = async ([next, ...rest]: readonly FaultTrial[], started: readonly Started[]): Promise<void> => {
    if (!next) return tryStarted(started, onResult);
    const { name, server } = next.trial;
    await withShop(next.fault.apply(correctParts), name, server, (shop) =>
      withShops(rest, [...started, { ...next, shop }]),
    );
  };
  await withShops(trials, []);
}

async function tryStarted(started: readonly Started[], onResult: (result: FaultResult) => void): Promise<void> {
  const killers = started.flatMap(({ fault, trial: { name, allKillers }, shop }) => {
    const scenario = allKillers ? undefined : knownKillers[fault.name];
    return scenario === undefined ? [] : [toRun(name, shop, scenario)];
  });
  const [first] = started;
  const { failed, seconds } =
    first && killers.length > 0
      ? await runKnownKillers(killers, { ...first.trial, database: first.trial.server })
      : { failed: [], seconds: 0 };
  const share = Math.round((seconds / started.length) * 10) / 10;
  for (const { fault, trial, shop } of started) {
    if (trial.signal.aborted) return;
    const caught = failed.filter(({ project }) => project === trial.name);
    const result =
      caught.length > 0 ? { passed: 0, failed: caught, seconds: share } : await tryAllScenarios(fault, trial, shop);
    onResult(judge(fault, result));
  }
}
