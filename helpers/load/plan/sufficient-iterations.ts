import type { TargetProfile } from '../../profile/target-profile.ts';
import { capacityOf, type Holdings } from './capacity.ts';
import type { LoadPlan } from './load-plan.ts';

const maxIterations = 1_000_000_000;

/** Returns the largest LOAD_ITERATIONS for which what is there suffices; 0 where it does not for a single one. */
export function sufficientIterations(
  profile: TargetProfile,
  plan: LoadPlan,
  prices: readonly (readonly number[])[],
  holdings: Pick<Holdings, 'balanceLowest' | 'stockLowest'>,
): number {
  const suffices = (iterations: number): boolean =>
    capacityOf(
      profile,
      { ...plan, pace: { by: 'iterations', iterations, vus: 1 } },
      { ms: 1, known: 'given' },
      prices,
      holdings,
    ).suffices;
  let [enough, tooMany] = [0, maxIterations];
  while (tooMany - enough > 1) {
    const middle = Math.floor((enough + tooMany) / 2);
    if (suffices(middle)) enough = middle;
    else tooMany = middle;
  }
  return enough;
}
