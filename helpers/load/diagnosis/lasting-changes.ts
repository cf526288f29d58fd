import { isInWindow, type CrashWindow } from '../crashes/crash-summary.ts';
import type { LastingChange, LoadSummary, Moment } from '../measure/load-summary.ts';
import { changePoint, median, type ChangeLimits } from './change-point.ts';
import { plateausOf, stretchesWithout } from './plateaus.ts';
import { describeChange } from './describe-change.ts';

/** A series in which a change for the worse is looked for. */
interface Measure {
  readonly name: LastingChange['measure'];
  readonly to: ChangeLimits['to'];
  /** Smallest ratio of the larger median to the smaller one, and smallest difference of the two. */
  readonly minRatio: number;
  readonly minDifference: number;
  /** Times and rates vary by a factor, shares by a summand. */
  readonly varies: 'by a factor' | 'by a summand';
  /** @returns undefined where too little was measured. */
  readonly read: (moment: Moment, seconds: number) => number | undefined;
}

const fewest = { p50: 5, p95: 20, failed: 5 } as const;

const latencies: readonly Measure[] = [
  {
    name: 'p50',
    ...{ to: 'higher', minRatio: 1.5, minDifference: 2, varies: 'by a factor' },
    read: ({ n, p50 }) => (n < fewest.p50 ? undefined : p50),
  },
  {
    name: 'p95',
    ...{ to: 'higher', minRatio: 2, minDifference: 5, varies: 'by a factor' },
    read: ({ n, p95 }) => (n < fewest.p95 ? undefined : p95),
  },
];

const throughput: Measure = {
  name: 'requests',
  ...{ to: 'lower', minRatio: 1.5, minDifference: 3, varies: 'by a factor' },
  read: ({ requests }, seconds) => requests / seconds,
};

const errors: Measure = {
  name: 'failed',
  ...{ to: 'higher', minRatio: 1.5, minDifference: 0.05, varies: 'by a summand' },
  read: ({ requests, failed }) => (requests < fewest.failed ? undefined : failed / requests),
};

/** What is before a change may be shorter than what is after it: else nothing that begins soon would ever be found. */
const minBefore = { moments: 4, seconds: 4 } as const;
const minAfter = { seconds: 5, share: 0.1 } as const;

interface Looked extends Pick<LoadSummary, 'series' | 'momentSeconds'> {
  /** True where iterations arrived at a rate, and the number of virtual users is what came of it. */
  readonly isPacedByRate: boolean;
  /** What crashes explain that the run has forced: what is before and after one is not compared. */
  readonly crashWindows?: readonly CrashWindow[];
}

const smallest = 1e-3;

/** Of fewer values, some lie together by chance: only a large change is one. */
const fewValues = { below: 30, minRatio: 2 } as const;

/** Returns the index of the first value after a change for the worse. */
function changeOf(
  values: readonly number[],
  { to, minRatio: usualRatio, minDifference, varies }: Measure,
  limits: Pick<ChangeLimits, 'minBefore' | 'minAfter'>,
): number | undefined {
  const minRatio = values.length < fewValues.below ? Math.max(fewValues.minRatio, usualRatio) : usualRatio;
  const isByFactor = varies === 'by a factor';
  const compared = isByFactor ? values.map((value) => Math.log(Math.max(value, smallest))) : values;
  const point = changePoint(compared, {
    ...limits,
    to,
    minDifference: isByFactor ? Math.log(minRatio) : minDifference,
  });
  if (!point) return undefined;
  const medians = [median(values.slice(0, point.index)), median(values.slice(point.index))];
  const [low, high] = [Math.min(...medians), Math.max(...medians)];
  return high - low >= minDifference && high >= minRatio * low ? point.index : undefined;
}

/**
 * Finds what became worse in the midst of a run and stayed so: latency, throughput, the share of failures. Only moments
 * with the same number of virtual users are compared, so that no ramp is taken for a change.
 *
 * @param run its moments, in order.
 */
export function lastingChanges({ series, momentSeconds, isPacedByRate, crashWindows = [] }: Looked): LastingChange[] {
  const totalSeconds = series.length * momentSeconds;
  const limits = {
    minBefore: Math.max(minBefore.moments, Math.ceil(minBefore.seconds / momentSeconds)),
    minAfter: Math.ceil(Math.max(minAfter.seconds, minAfter.share * totalSeconds) / momentSeconds),
  };
  const isCrash = ({ second }: Moment): boolean => isInWindow(crashWindows, second, momentSeconds);
  const plateaus = stretchesWithout(series, isCrash).flatMap((stretch) =>
    isPacedByRate ? [stretch] : plateausOf(stretch),
  );
  return plateaus.flatMap((plateau) => {
    const find = (measure: Measure): LastingChange[] => {
      const measured = plateau.flatMap((moment) => {
        const value = measure.read(moment, momentSeconds);
        return value === undefined ? [] : [{ moment, value }];
      });
      const values = measured.map(({ value }) => value);
      const index = changeOf(values, measure, limits);
      const first = index === undefined ? undefined : measured[index]?.moment;
      if (!first) return [];
      const [before, after] = [median(values.slice(0, index)), median(values.slice(index))];
      const change = { measure: measure.name, second: first.second, before, after };
      const vus = isPacedByRate ? undefined : first.vus;
      return [{ ...change, ...(vus !== undefined && { vus }), sentence: describeChange({ ...change, vus }) }];
    };
    const slower = latencies.reduce<LastingChange[]>(
      (found, latency) => (found.length > 0 ? found : find(latency)),
      [],
    );
    // Whoever waits longer asks less often: that is no change of its own.
    return [...slower, ...(slower.length > 0 ? [] : find(throughput)), ...find(errors)];
  });
}
