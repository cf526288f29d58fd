import type { LatencyHistogram } from './latency-histogram.ts';
import type { Metric } from './load-summary.ts';
import type { MergedRun } from './merged-run.ts';
import type { MetricName } from '../../settings/load/metric-types.ts';

/** Computes the metrics of a run, by the names of k6 and of the original script. */
export function loadMetrics({ counters, durations, startedMs, endedMs }: MergedRun): Record<MetricName, Metric> {
  const seconds = Math.max((endedMs - startedMs) / 1000, 0.001);
  /** Returns a counter. @param n of how many it could have been. */
  const counter = (count: number, n: number): Metric => ({ type: 'counter', n, count, rate: count / seconds });
  const rate = (passes: number, n: number): Metric => ({
    type: 'rate',
    n,
    passes,
    fails: n - passes,
    ...(n > 0 && { rate: passes / n }),
  });
  const verified = counters.idempotency_verification_success + counters.idempotency_verification_failure;
  return {
    http_req_duration: trend(durations),
    http_req_failed: rate(counters.http_req_failed, counters.http_reqs),
    http_reqs: counter(counters.http_reqs, counters.http_reqs),
    iterations: counter(counters.iterations, counters.iterations),
    dropped_iterations: counter(counters.dropped_iterations, counters.iterations + counters.dropped_iterations),
    order_creation_success: rate(counters.orders_created, counters.orders_tried),
    idempotency_verification_success: counter(counters.idempotency_verification_success, verified),
    idempotency_verification_failure: counter(counters.idempotency_verification_failure, verified),
    idempotency_conflicts: counter(counters.idempotency_conflicts, counters.duplicates_sent),
    duplicate_payments_prevented: counter(counters.duplicate_payments_prevented, counters.duplicates_sent),
    success: rate(counters.iterations_succeeded, counters.iterations),
    errors: rate(counters.iterations_failed, counters.iterations),
  };
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
