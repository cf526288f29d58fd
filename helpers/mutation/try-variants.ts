import type { Variant } from '../../fixtures/shops/reference/variants/variant.ts';
import type { MatrixTally } from './matrix-tally.ts';
import type { VariantResult } from './matrix-result.ts';
import type { Task } from './task.ts';
import { nameOf, type TrialOutcome } from './trial-outcome.ts';
import type { VariantShop } from './variant-shops.ts';

/** Beyond so many, how many more scenarios accuse a shop says nothing new. */
const maxAccusers = 4;

const taskOf = (shop: Variant, onEnd: Task['onEnd']): Task => ({
  trial: {
    shop: { kind: 'variant', name: shop.name },
    target: shop.profile ?? 'reference',
    scenarios: {},
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

const isTried = ({ passed, failed, notTried }: TrialOutcome): boolean =>
  failed.length > 0 || (passed > 0 && notTried.length === 0);

/**
 * The task of finding out whether a correct shop that differs is accused by any scenario.
 *
 * @param onAccused called where it is several variants, and accused.
 */
export function variantTask(one: VariantShop, tally: MatrixTally, onAccused: (result: VariantResult) => void): Task {
  const { shop, variants } = one;
  return taskOf(shop, (outcome) => {
    const result = resultOf(shop.name, outcome);
    if (!result.green && variants.length > 1) {
      onAccused(result);
      return;
    }
    const seconds = Math.round((result.seconds / variants.length) * 10) / 10;
    for (const { name } of variants) {
      if (isTried(outcome)) tally.variant({ ...result, name, seconds });
      else tally.notTried(name, outcome.notTried);
    }
  });
}

/**
 * The tasks of trying each variant of an accused shop alone, to tell which it is. Where it is none of them, it is the
 * shop.
 */
export function aloneTasks({ variants }: VariantShop, accused: VariantResult, tally: MatrixTally): Task[] {
  let left = variants.length;
  let isExplained = false;
  return variants.map((variant) =>
    taskOf(variant, (outcome) => {
      const result = resultOf(variant.name, outcome);
      if (isTried(outcome)) tally.variant(result);
      else tally.notTried(variant.name, outcome.notTried);
      isExplained ||= !result.green;
      left -= 1;
      if (left === 0 && !isExplained) tally.variant(accused);
    }),
  );
}
