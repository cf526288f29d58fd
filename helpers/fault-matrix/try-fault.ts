import type { Fault } from '../../fixtures/reference-shop/faults/fault.ts';
import { correctParts } from '../../fixtures/reference-shop/shop-parts.ts';
import type { Variant } from '../../fixtures/reference-shop/variants/variant.ts';
import type { DatabaseSettings } from '../settings.ts';
import { UserError } from '../user-error.ts';
import { forcedScenarios, isForced } from './forced-scenarios.ts';
import { knownKillers } from './known-killers.ts';
import type { FaultResult, VariantResult } from './matrix-result.ts';
import { runScenarios, type ScenarioResult } from './run-scenarios.ts';
import { withShop } from './with-shop.ts';

/** Where and how a shop is tried. */
export interface Trial {
  /** Names the run and its database. */
  readonly name: string;
  readonly server: DatabaseSettings;
  /** Playwright workers. */
  readonly workers: number;
  /** Go on after the first failure, to find all scenarios that catch a fault. */
  readonly allKillers: boolean;
  readonly signal: AbortSignal;
}

/** Beyond so many, how many more scenarios catch a fault says nothing new. */
export const mostKillers = 10;

/** A scenario's tags speak of more than the four families. */
const familyTags: Readonly<Record<Fault['family'], readonly string[]>> = {
  idempotency: ['@idempotency'],
  money: ['@balance'],
  stock: ['@stock', '@orders'],
  contract: ['@contract'],
};

const killers = ({ failed }: ScenarioResult) => failed.filter(({ project }) => project === 'scenarios');

const describe = ({ failed }: ScenarioResult): string[] => failed.map(({ file, title }) => `${file} › ${title}`);

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

/** Finds out whether, and by which scenarios, a fault is caught. */
export function tryFault(fault: Fault, trial: Trial): Promise<FaultResult> {
  return withShop(fault.apply(correctParts), trial.name, trial.server, async (shop) => {
    const run = (only: string | undefined, maxFailures: number): Promise<ScenarioResult> =>
      runScenarios({ ...trial, ...shop, ...(only !== undefined && { only }), maxFailures });
    const catching = async (): Promise<ScenarioResult> => {
      if (trial.allKillers) return run(undefined, fault.race ? 0 : mostKillers);
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
}

/** Finds out whether a correct shop that differs is accused by any scenario. */
export function tryVariant(variant: Variant, trial: Trial): Promise<VariantResult> {
  return withShop(variant.apply(correctParts), trial.name, trial.server, async (shop) => {
    const target = variant.profile ?? 'reference';
    const result = await runScenarios({ ...trial, ...shop, target, maxFailures: 1 });
    const [first] = result.failed;
    return {
      name: variant.name,
      green: !first,
      failed: describe(result),
      ...(first && { error: first.error }),
      seconds: result.seconds,
    };
  });
}
