/** A lasting change of a series: where it begins, and the medians of both sides. */
export interface ChangePoint {
  /** Index of the first value after the change. */
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

/** How large and how long a change must be. */
export interface ChangeLimits {
  /** Fewest values before and after it. */
  readonly minBefore: number;
  readonly minAfter: number;
  /** Smallest difference of the two medians. */
  readonly minDifference: number;
  /** The direction that is looked for. */
  readonly to: 'higher' | 'lower';
}

/** A change must be that many times the spread of the values about their medians. */
const minSpreads = 3.5;
/** Share of the values of either side that must lie on their own side of the middle between both medians. */
const minApart = 0.9;
/** Makes the median absolute deviation of normal noise its standard deviation. */
const normal = 1.4826;

/** Returns the median; NaN of nothing. */
export const median = (values: readonly number[]): number => middleOf(values.toSorted((one, other) => one - other));

function middleOf(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Returns the medians of the first value, of the first two, and so on: sorting anew for each would take most of a report. */
function mediansOfStarts(values: readonly number[]): number[] {
  const sorted: number[] = [];
  return values.map((value) => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((sorted[middle] ?? NaN) <= value) from = middle + 1;
      else to = middle;
    }
    sorted.splice(from, 0, value);
    return middleOf(sorted);
  });
}

/**
 * Returns the lasting change of a series: of all splits, the one about whose two medians the values lie closest, if these
 * medians differ by enough, by far more than the values are spread about them, and nearly all values lie on the right
 * side. Single outliers move neither a median nor a spread, so that no spike is taken for a change.
 *
 * @returns undefined where there is none in the direction that is looked for.
 */
export function changePoint(values: readonly number[], limits: ChangeLimits): ChangePoint | undefined {
  const ofStarts = mediansOfStarts(values);
  const ofEnds = mediansOfStarts(values.toReversed()).toReversed();
  let best: (ChangePoint & { readonly cost: number }) | undefined;
  for (let index = limits.minBefore; index <= values.length - limits.minAfter; index += 1) {
    const [before = NaN, after = NaN] = [ofStarts[index - 1], ofEnds[index]];
    const cost = values.reduce((sum, value, place) => sum + Math.abs(value - (place < index ? before : after)), 0);
    if (!best || cost < best.cost) best = { index, before, after, cost };
  }
  if (!best) return undefined;
  const { index, before, after } = best;
  const spread = normal * median(values.map((value, place) => Math.abs(value - (place < index ? before : after))));
  const difference = limits.to === 'higher' ? after - before : before - after;
  const isLarge = difference >= Math.max(limits.minDifference, minSpreads * spread);
  return isLarge && isApart(values, index, (before + after) / 2, limits.to) ? { index, before, after } : undefined;
}

function isApart(values: readonly number[], index: number, middle: number, to: ChangeLimits['to']): boolean {
  const isAfter = (value: number): boolean => (to === 'higher' ? value > middle : value < middle);
  const left = values.slice(0, index).filter((value) => !isAfter(value)).length;
  const right = values.slice(index).filter(isAfter).length;
  return left >= minApart * index && right >= minApart * (values.length - index);
}
