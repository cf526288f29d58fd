import { diagnose } from '../diagnosis/diagnose.ts';
import { lastingChanges } from '../diagnosis/lasting-changes.ts';
import { requestsOfStage } from '../diagnosis/requests-of-stage.ts';
import { LatencyHistogram } from './latency-histogram.ts';
import { loadMetrics, percentileOfTrend } from './load-metrics.ts';
import type { LoadPart } from './load-part.ts';
import type { LoadSummary, Moment, RefusalSummary } from './load-summary.ts';
import { findingsOfLoad } from '../audit/findings-of-load.ts';
import { loadVerdict } from '../audit/load-verdict.ts';
import { mergeParts, type MergedRun } from './merged-run.ts';
import { evaluateThreshold } from './evaluate-threshold.ts';

/**
 * Makes the summary of a load run out of its parts.
 *
 * @param parts of one run, at least one.
 */
export function summarise(parts: readonly [LoadPart, ...LoadPart[]]): LoadSummary {
  const run = mergeParts(parts);
  const { counters, startedMs, endedMs } = run;
  const [first] = parts;
  const metrics = loadMetrics(run);
  const percentileOf = (metric: string, percentile: number): number | undefined =>
    percentileOfTrend(run, metric, percentile);
  const thresholds = first.thresholds.map((threshold) => evaluateThreshold(threshold, metrics, percentileOf));
  const diagnosis = diagnose(run, thresholds);
  const series = seriesOf(run);
  const momentSeconds = run.momentMs / 1000;
  const { crashes, crashWindows } = run;
  const isPacedByRate = first.pacedBy === 'rate';
  const changes = lastingChanges({ series, momentSeconds, isPacedByRate, crashWindows });
  const cpuSeconds = parts.reduce((total, { driver }) => total + driver.cpuSeconds, 0);
  const left = parts.flatMap((part) => part.left ?? []);
  const stoppedEarly = parts.find((part) => part.stoppedEarly !== undefined)?.stoppedEarly;
  return {
    profile: first.profile,
    ...loadVerdict(run, thresholds, diagnosis, changes),
    target: first.target,
    ...(first.decimals !== undefined && { decimals: first.decimals }),
    transport: first.transport,
    startedAt: new Date(startedMs).toISOString(),
    iterations: counters.iterations,
    requests: counters.http_reqs,
    durationSeconds: (endedMs - startedMs) / 1000,
    vusMax: parts.reduce((total, { vusMax }) => total + vusMax, 0),
    workers: parts.length,
    ...(stoppedEarly !== undefined && { stoppedEarly }),
    metrics,
    counters,
    thresholds,
    refusals: refusalsOf(run),
    diagnosis,
    findings: findingsOfLoad(run),
    ...(crashes && { crashes: [...crashes] }),
    ...(changes.length > 0 && { changes }),
    ...(run.budget && { budget: run.budget }),
    ledger: run.ledger,
    ...(left.length > 0 && { left }),
    driver: {
      cpuSeconds,
      ...(counters.iterations > 0 && { cpuMsPerIteration: (cpuSeconds * 1000) / counters.iterations }),
      maxRssMb: parts.reduce((total, { driver }) => total + driver.maxRssMb, 0),
    },
    momentSeconds,
    series,
  };
}

const refusalsOf = (run: MergedRun): RefusalSummary[] =>
  run.causes.map(({ stage, reason, status, code, count, firstMs, sample }) => ({
    stage,
    reason,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    count,
    share: count / Math.max(1, requestsOfStage(run, stage)),
    firstSeenSeconds: Math.max(0, (firstMs - run.startedMs) / 1000),
    sample,
  }));

const seriesOf = ({ moments, startedMs }: MergedRun): Moment[] =>
  moments.map(({ startMs, durations: encoded, ...moment }) => {
    const durations = LatencyHistogram.decode(encoded);
    const [p50, p95, p99] = [durations.percentile(50), durations.percentile(95), durations.percentile(99)];
    return {
      second: Math.round((startMs - startedMs) / 1000),
      ...moment,
      n: durations.n,
      ...(p50 !== undefined && { p50 }),
      ...(p95 !== undefined && { p95 }),
      ...(p99 !== undefined && { p99 }),
    };
  });
