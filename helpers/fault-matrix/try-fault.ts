import type { Fault } from '../../fixtures/reference-shop/faults/fault.ts';
import { correctParts } from '../../fixtures/reference-shop/shop-parts.ts';
import { UserError } from '../user-error.ts';
import { forcedScenarios, isForced } from './forced-scenarios.ts';
import { knownKillers } from './known-killers.ts';
import type { FaultResult } from './matrix-result.ts';
import { runKnownKillers } from './run-known-killers.ts';
import { runScenarios, type ScenarioResult } from './run-scenarios.ts';
import { describe, type Trial } from './trial.ts';
import { withShop } from './with-shop.ts';

/** Beyond so many, how many more scenarios catch a fault says nothing new. */
export const mostKillers = 10;

/** A scenario's tags speak of more than the four families. */
const familyTags: Readonly<Record<Fault['family'], readonly string[]>> = {
  idempotency: ['@idempotency'],
  money: ['@balance'],
  stock: ['@stock', '@orders'],
  contract: ['@contract'],
};

type Shop = Parameters<Parameters<typeof withShop>[3]>[0];

/**
 * Runs a few scenarios against the correct shop: a suite that fails with it kills every fault, and proves nothing.
 *
 * @throws UserError with the scenario that failed.
 */
export async function assertCorrectShopPasses(trial: Trial): Promise<void> {
  await withShop(correctParts, trial.name, trial.server, async (shop) => {
    const { failed } = await runScenarios({ ...trial, ...shop, only: 'scenarios/order-then-pay', maxFailures: 1 });
    if (failed[0]) {
      throw new UserError(
        `Even the correct shop fails "${failed[0].title}", so no fault is tried:\n${failed[0].error}`,
      );
    }
  });
}

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
const tryAllScenarios = (fault: Fault, trial: Trial, shop: Shop): Promise<ScenarioResult> => {
  const run = (only: string | undefined, maxFailures: number): Promise<ScenarioResult> =>
    runScenarios({ ...trial, ...shop, ...(only !== undefined && { only }), maxFailures });
  if (trial.allKillers) return run(undefined, fault.race ? 0 : mostKillers);
  const catching = async (): Promise<ScenarioResult> => {
    // A race is to be caught for certain, not by luck. But nothing less than all scenarios lets it survive.
    const forced = fault.race ? await run(forcedScenarios, 1) : undefined;
    return forced && forced.failed.length > 0 ? forced : run(undefined, 1);
  };
  return catching();
};

/**
 * Finds out whether, and by which scenarios, faults are caught. What caught each before is where to look first, for all
 * of them in one run.
 *
 * @param trials each fault with where and how it is tried.
 * @param onResult called for each, as soon as it is known.
 */
export async function tryFaults(
  trials: readonly { readonly fault: Fault; readonly trial: Trial }[],
  onResult: (result: FaultResult) => void,
): Promise<void> {
  const [first] = trials;
  if (!first) return;
  const { server, signal, allKillers } = first.trial;
  const shops = new Map<string, Shop>();
  const judgeAll = async (): Promise<void> => {
    const known = allKillers
      ? []
      : trials.flatMap(({ fault, trial: { name } }) => {
          const scenario = knownKillers[fault.name];
          const { url, database } = shops.get(name) ?? {};
          if (scenario === undefined || url === undefined || database === undefined) return [];
          return [{ name, scenario, shop: { url, databaseName: database.name } }];
        });
    const { failed, seconds } =
      known.length === 0
        ? { failed: [], seconds: 0 }
        : await runKnownKillers(known, { name: first.trial.name, database: server, signal });
    for (const { fault, trial } of trials) {
      if (signal.aborted) return;
      const shop = shops.get(trial.name);
      const caught = failed.filter(({ project }) => project === trial.name);
      const share = Math.round((seconds / trials.length) * 10) / 10;
      if (caught.length > 0) onResult(judge(fault, { passed: 0, failed: caught, seconds: share }));
      else if (shop) onResult(judge(fault, await tryAllScenarios(fault, trial, shop)));
    }
  };
  const withShops = ([next, ...rest]: typeof trials): Promise<void> =>
    next
      ? withShop(next.fault.apply(correctParts), next.trial.name, server, (shop) => {
          shops.set(next.trial.name, shop);
          return withShops(rest);
        })
      : judgeAll();
  await withShops(trials);
}
