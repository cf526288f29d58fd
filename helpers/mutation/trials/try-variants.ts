import type { Variant } from '../../../fixtures/shops/reference/variants/variant.ts';
import { nameOf, type ScenarioChoice } from '../matrix-plan.ts';
import type { MatrixTally } from '../matrix-tally.ts';
import type { VariantResult } from '../matrix-result.ts';
import type { Task } from './task.ts';
import type { TrialOutcome } from './trial-outcome.ts';
import { partsOf, type VariantShop } from './variant-shops.ts';

/** Beyond so many, how many more scenarios accuse a shop says nothing new. */
const maxAccusers = 4;

/** Where results go, and tasks that turn out to be needed. */
export interface VariantRun {
  readonly tally: MatrixTally;
  /** Runs tasks once those are over that are under way. */
  readonly later: (tasks: readonly Task[]) => void;
}

const taskOf = (shop: Variant, scenarios: ScenarioChoice, onEnd: Task['onEnd']): Task => ({
  trial: {
    shop: { kind: 'variant', name: shop.name },
    target: shop.profile ?? 'reference',
    scenarios: { ...scenarios, ...(shop.crash && { crashes: 'too' }) },
    enough: maxAccusers,
    isBrief: false,
  },
  onEnd,
});

const resultOf = (name: string, { failed, seconds }: TrialOutcome): VariantResult => ({
  name,
  green: failed.length === 0,
  failed: failed.map(nameOf),
  ...(failed[0] && { error: failed[0].error }),
  seconds: Math.round(seconds * 10) / 10,
});

/**
 * Returns the task of finding out whether a correct shop that differs is accused by any scenario. Where it is several
 * variants and accused, each is tried alone later; where they have several profiles, what did not apply to all of them
 * at once is tried later with those of one profile.
 */
export function variantTask(one: VariantShop, run: VariantRun): Task {
  const { shop, variants } = one;
  return taskOf(shop, {}, (outcome) => {
    const result = resultOf(shop.name, outcome);
    const parts = partsOf(one);
    if (!result.green && variants.length > 1) run.later(aloneTasks(one, result, run.tally));
    else if (!result.green) run.tally.variant(result);
    else if (outcome.passed === 0 || outcome.notTried.length > 0) tellNotTried(one, outcome, run.tally);
    else if (parts.length === 0 || outcome.notApplicable.length === 0) tellGreen(one, outcome.seconds, run.tally);
    else {
      const names = outcome.notApplicable.map(nameOf);
      run.later(parts.map((part) => partTask(part, names, { ...run, seconds: outcome.seconds / parts.length })));
    }
  });
}

/**
 * Returns the task of trying the variants of one profile with scenarios that did not apply to a shop with others as
 * well.
 */
function partTask(
  part: VariantShop,
  names: string[],
  { tally, later, seconds }: VariantRun & { seconds: number },
): Task {
  return taskOf(part.shop, { names }, (outcome) => {
    const result = resultOf(part.shop.name, outcome);
    if (!result.green && part.variants.length > 1) later(aloneTasks(part, result, tally));
    else if (!result.green) tally.variant(result);
    else if (outcome.notTried.length > 0) tellNotTried(part, outcome, tally);
    else tellGreen(part, seconds + outcome.seconds, tally);
  });
}

function tellGreen({ variants }: VariantShop, total: number, tally: MatrixTally): void {
  const seconds = Math.round((total / variants.length) * 10) / 10;
  for (const { name } of variants) tally.variant({ name, green: true, failed: [], seconds });
}

function tellNotTried({ variants }: VariantShop, { notTried }: TrialOutcome, tally: MatrixTally): void {
  for (const { name } of variants) tally.notTried(name, notTried);
}

/**
 * Returns the tasks of trying each variant of an accused shop alone, to tell which it is. Where it is none of them, it
 * is the shop.
 */
function aloneTasks({ variants }: VariantShop, accused: VariantResult, tally: MatrixTally): Task[] {
  let left = variants.length;
  let isExplained = false;
  return variants.map((variant) =>
    taskOf(variant, {}, (outcome) => {
      const result = resultOf(variant.name, outcome);
      if (!result.green) tally.variant(result);
      else if (outcome.passed === 0 || outcome.notTried.length > 0) tally.notTried(variant.name, outcome.notTried);
      else tally.variant(result);
      isExplained ||= !result.green;
      left -= 1;
      if (left === 0 && !isExplained) tally.variant(accused);
    }),
  );
}
