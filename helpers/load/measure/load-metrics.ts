import { metricDefinitions, type MetricDefinition } from '../../settings/load/metrics.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import type { Metric } from './load-summary.ts';
import type { MergedRun } from './merged-run.ts';

/** Computes every defined metric of a run. */
export function loadMetrics(run: MergedRun): Record<string, Metric> {
  return Object.fromEntries(
    Object.entries<MetricDefinition>(metricDefinitions).map(([name, definition]) => [name, metricOf(definition, run)]),
  );
}

function metricOf(definition: MetricDefinition, { counters, durations, startedMs, endedMs }: MergedRun): Metric {
  if (definition.type === 'trend') return trend(durations);
  const n = definition.of.reduce((sum, name) => sum + counters[name], 0);
  if (definition.type === 'counter') {
    const count = counters[definition.counts];
    return { type: 'counter', n, count, rate: count / Math.max((endedMs - startedMs) / 1000, 0.001) };
  }
  const passes = counters[definition.passes];
  return { type: 'rate', n, passes, fails: n - passes, ...(n > 0 && { rate: passes / n }) };
}

function trend(durations: LatencyHistogram): Metric {
  const { n, mean, min, max } = durations;
  const percentiles = { med: 50, p90: 90, p95: 95, p99: 99 };
  const values = { avg: mean, min, max };
  return {
    type: 'trend',
    n,
    ...Object.fromEntries(
      [
        ...Object.entries(values),
        ...Object.entries(percentiles).map(([name, percentile]) => [name, durations.percentile(percentile)] as const),
      ].filter(([, value]) => value !== undefined),
    ),
  };
}
