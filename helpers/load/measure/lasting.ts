import type { Sample } from './sample.ts';

/**
 * Returns how long balance and stock last at the rate at which they went down from one sample to another. Of the total
 * and the lowest, the one that ends earlier counts: where one account has far less than the others, the total says
 * nothing of it.
 *
 * @param seconds between the two.
 * @returns seconds from the later sample on; nothing of what did not go down.
 */
export function lasting(before: Sample, after: Sample, seconds: number): { balance?: number; stock?: number } {
  const of = (...names: readonly (keyof Sample)[]): number | undefined =>
    earliest(names.map((name) => lasts(before[name], after[name], seconds)));
  const balance = of('balanceLowest', 'balanceTotal');
  const stock = of('stockLowest', 'stockTotal');
  return { ...(balance !== undefined && { balance }), ...(stock !== undefined && { stock }) };
}

/** Returns the minimum of the known durations. */
export function earliest(durations: readonly (number | undefined)[]): number | undefined {
  const known = durations.filter((duration) => duration !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

function lasts(before: number | undefined, after: number | undefined, seconds: number): number | undefined {
  if (before === undefined || after === undefined || before <= after || seconds <= 0) return undefined;
  return (after * seconds) / (before - after);
}
