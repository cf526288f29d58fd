import { metricDefinitions, type MetricDefinition } from '../../settings/load/metrics.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import type { Metric } from './load-summary.ts';
import type { MergedRun } from './merged-run.ts';

/** Computes every defined metric of a run, but recoveries only of one that was to kill something. */
export function loadMetrics(run: MergedRun): Record<string, Metric> {
  return Object.fromEntries(
    Object.entries<MetricDefinition>(metricDefinitions)
      .filter(
        ([, definition]) => run.crashes !== undefined || !(definition.type === 'trend' && definition.unit === 's'),
      )
      .map(([name, definition]) => [name, metricOf(definition, run)]),
  );
}

/** Returns a value of a trend, in its unit, below which a share of its samples lie; undefined where there are none. */
export function percentileOfTrend(run: MergedRun, name: string, percentile: number): number | undefined {
  const definition = Object.entries<MetricDefinition>(metricDefinitions).find(([known]) => known === name)?.[1];
  if (definition?.type !== 'trend') return undefined;
  const value = samplesOf(definition, run).percentile(percentile);
  return value === undefined ? undefined : inUnit(definition, value);
}

type Trend = Extract<MetricDefinition, { readonly type: 'trend' }>;

const inUnit = ({ unit }: Trend, ms: number): number => (unit === 's' ? ms / 1000 : ms);

const samplesOf = ({ of }: Trend, { durations, crashes = [] }: MergedRun): LatencyHistogram => {
  if (of === 'durations') return durations;
  const recoveries = new LatencyHistogram(3);
  for (const { recoverySeconds } of crashes)
    if (recoverySeconds !== undefined) recoveries.record(recoverySeconds * 1000);
  return recoveries;
};

function metricOf(definition: MetricDefinition, run: MergedRun): Metric {
  if (definition.type === 'trend') return trend(definition, samplesOf(definition, run));
  const { counters, startedMs, endedMs } = run;
  const n = definition.of.reduce((sum, name) => sum + counters[name], 0);
  if (definition.type === 'counter') {
    const count = counters[definition.counts];
    return { type: 'counter', n, count, rate: count / Math.max((endedMs - startedMs) / 1000, 0.001) };
  }
  const passes = counters[definition.passes];
  return { type: 'rate', n, passes, fails: n - passes, ...(n > 0 && { rate: passes / n }) };
}

function trend(definition: Trend, durations: LatencyHistogram): Metric {
  const { n, mean, min, max } = durations;
  const percentiles = { med: 50, p90: 90, p95: 95, p99: 99 };
  const values = { avg: mean, min, max };
  return {
    type: 'trend',
    ...(definition.unit === 's' && { unit: 's' as const }),
    n,
    ...Object.fromEntries(
      [
        ...Object.entries(values),
        ...Object.entries(percentiles).map(([name, percentile]) => [name, durations.percentile(percentile)] as const),
      ].flatMap(([name, value]) => (value === undefined ? [] : [[name, inUnit(definition, value)]])),
    ),
  };
}
