import type { Figures, Measurement } from './measurement.ts';
import { spreadOf, type Spread } from './spread.ts';

/**
 * Compares the cost of one driver to that of another: the ratio of each pair of runs of the same round, so that a slow
 * minute of the machine weighs on both.
 *
 * @param cost reads the cost out of the first and the second of a pair.
 * @returns `undefined` when no pair is complete.
 */
export function pairRatios(
  ours: readonly Measurement[],
  theirs: readonly Measurement[],
  cost: { ours: (figures: Figures) => number | undefined; theirs: (figures: Figures) => number | undefined },
): Spread | undefined {
  const ratios = ours.flatMap(({ round, figures }) => {
    const other = theirs.find((measurement) => measurement.round === round)?.figures;
    const dividend = figures && cost.ours(figures);
    const divisor = other && cost.theirs(other);
    return dividend === undefined || divisor === undefined || divisor === 0 ? [] : [dividend / divisor];
  });
  return spreadOf(ratios);
}
