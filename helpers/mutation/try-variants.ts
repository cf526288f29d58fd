import { correctParts } from '../../fixtures/shops/reference/correct-parts.ts';
import type { Variant } from '../../fixtures/shops/reference/variants/variant.ts';
import type { VariantResult } from './matrix-result.ts';
import { runScenarios } from './run-scenarios.ts';
import { describe, type Trial } from './trial.ts';
import type { VariantShop } from './variant-shops.ts';
import { withShop } from './with-shop.ts';

/**
 * Finds out whether correct shops that differ are accused by any scenario. Where one that is several variants is accused,
 * each of them is tried alone, to tell which it is.
 *
 * @param onResult called for each variant; for the shop too, when it is accused and none of its variants is.
 */
export async function tryVariants(
  { shop, variants }: VariantShop,
  trialOf: (name: string) => Trial,
  onResult: (result: VariantResult) => void,
): Promise<void> {
  const [first] = variants;
  if (!first) return;
  const result = await tryVariant(shop, trialOf(first.name));
  if (result.green) {
    const seconds = Math.round((result.seconds / variants.length) * 10) / 10;
    for (const variant of variants) onResult({ ...result, name: variant.name, seconds });
    return;
  }
  if (variants.length === 1) {
    onResult(result);
    return;
  }
  const alone: VariantResult[] = [];
  for (const variant of variants) alone.push(await tryVariant(variant, trialOf(variant.name)));
  for (const one of alone) onResult(one);
  if (alone.every(({ green }) => green)) onResult(result);
}

function tryVariant(variant: Variant, trial: Trial): Promise<VariantResult> {
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
