import type { Moment } from '../measure/load-summary.ts';

/** Returns the stretches of a run between moments that are left out. */
export function stretchesWithout(series: readonly Moment[], isLeftOut: (moment: Moment) => boolean): Moment[][] {
  const stretches: Moment[][] = [[]];
  for (const moment of series) {
    if (!isLeftOut(moment)) stretches.at(-1)?.push(moment);
    else if (stretches.at(-1)?.length !== 0) stretches.push([]);
  }
  return stretches;
}

const tolerance = 0.05;

/**
 * Returns the stretches of a run with the same number of virtual users, within 5 %. Ramps fall to pieces that are too
 * short to compare anything within.
 */
export function plateausOf(series: readonly Moment[]): Moment[][] {
  const plateaus: Moment[][] = [];
  for (const moment of series) {
    const current = plateaus.at(-1);
    const vus = current?.[0]?.vus ?? 0;
    if (current && Math.abs(moment.vus - vus) <= tolerance * vus) current.push(moment);
    else plateaus.push([moment]);
  }
  return plateaus;
}
