/** The middle and the ends of some numbers. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Returns the middle of some numbers, or the mean of the middle two; `undefined` for none. */
export function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** Returns median, minimum and maximum of some numbers; `undefined` for none. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  const median = medianOf(values);
  return median === undefined ? undefined : { median, min: Math.min(...values), max: Math.max(...values) };
}
