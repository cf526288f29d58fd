import { LatencyHistogram } from './latency-histogram.ts';
import type { PartMoment } from './load-part.ts';
import type { Sample } from './sample.ts';

const lower = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other);

/** Joins two consecutive moments of one part; of what was sampled, the lowest and the last total hold. */
export function joined(earlier: PartMoment, later: PartMoment): PartMoment {
  const balanceLowest = lower(earlier.balanceLowest, later.balanceLowest);
  const balanceTotal = later.balanceTotal ?? earlier.balanceTotal;
  const stockLowest = lower(earlier.stockLowest, later.stockLowest);
  const stockTotal = later.stockTotal ?? earlier.stockTotal;
  return {
    ...together(earlier, later),
    vus: Math.max(earlier.vus, later.vus),
    ...(balanceLowest !== undefined && { balanceLowest }),
    ...(balanceTotal !== undefined && { balanceTotal }),
    ...(stockLowest !== undefined && { stockLowest }),
    ...(stockTotal !== undefined && { stockTotal }),
  };
}

/** Merges the same moment of two parts, except for what was sampled: that depends on what other moments saw. */
export function alongside(one: PartMoment, other: PartMoment): PartMoment {
  return { ...together(one, other), vus: one.vus + other.vus };
}

function together(one: PartMoment, other: PartMoment): Omit<PartMoment, keyof Sample> {
  const durations = LatencyHistogram.decode(one.durations);
  durations.add(LatencyHistogram.decode(other.durations));
  const refusals = { ...one.refusals };
  for (const [cause, count] of Object.entries(other.refusals)) refusals[cause] = (refusals[cause] ?? 0) + count;
  return {
    startMs: Math.min(one.startMs, other.startMs),
    vus: 0,
    iterations: one.iterations + other.iterations,
    requests: one.requests + other.requests,
    failed: one.failed + other.failed,
    durations: durations.encode(),
    refusals,
  };
}
