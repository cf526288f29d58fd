import { LatencyHistogram } from './latency-histogram.ts';
import type { PartMoment } from './load-part.ts';

const lower = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other);

/** Two moments of one part that follow upon one another, as one; what was sampled last holds. */
export function joined(earlier: PartMoment, later: PartMoment): PartMoment {
  const balanceTotal = later.balanceTotal ?? earlier.balanceTotal;
  const stockTotal = later.stockTotal ?? earlier.stockTotal;
  return {
    ...together(earlier, later),
    vus: Math.max(earlier.vus, later.vus),
    ...(balanceTotal !== undefined && { balanceTotal }),
    ...(stockTotal !== undefined && { stockTotal }),
  };
}

/** The same moment of two parts, as one. */
export function alongside(one: PartMoment, other: PartMoment): PartMoment {
  const sum = (name: 'balanceTotal' | 'stockTotal'): number | undefined =>
    one[name] === undefined && other[name] === undefined ? undefined : (one[name] ?? 0) + (other[name] ?? 0);
  const balanceTotal = sum('balanceTotal');
  const stockTotal = sum('stockTotal');
  return {
    ...together(one, other),
    vus: one.vus + other.vus,
    ...(balanceTotal !== undefined && { balanceTotal }),
    ...(stockTotal !== undefined && { stockTotal }),
  };
}

function together(one: PartMoment, other: PartMoment): PartMoment {
  const durations = LatencyHistogram.decode(one.durations);
  durations.add(LatencyHistogram.decode(other.durations));
  const refusals = { ...one.refusals };
  for (const [cause, count] of Object.entries(other.refusals)) refusals[cause] = (refusals[cause] ?? 0) + count;
  const balanceLowest = lower(one.balanceLowest, other.balanceLowest);
  const stockLowest = lower(one.stockLowest, other.stockLowest);
  return {
    startMs: Math.min(one.startMs, other.startMs),
    vus: 0,
    iterations: one.iterations + other.iterations,
    requests: one.requests + other.requests,
    failed: one.failed + other.failed,
    durations: durations.encode(),
    refusals,
    ...(balanceLowest !== undefined && { balanceLowest }),
    ...(stockLowest !== undefined && { stockLowest }),
  };
}
