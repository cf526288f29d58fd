import { isInWindow } from '../crashes/crash-summary.ts';
import { LatencyHistogram } from '../measure/latency-histogram.ts';
import type { Diagnosis, ThresholdResult } from '../measure/load-summary.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { expressionParts } from '../../settings/load/thresholds.ts';

/** A value of a moment's durations that is slow from some milliseconds on. */
interface Bound {
  /** @example 'p(95)' */
  readonly aggregation: string;
  readonly slowMs: number;
}

const usualBound: Bound = { aggregation: 'p(95)', slowMs: 1000 };
const minSamples = 5;
// One slow moment can be chance.
const minSlowMoments = 3;
const momentsTogether = 5;

/**
 * Diagnoses when the answers became slow: at the first of five moments most of which were slow; `undefined` if they did
 * not. A moment is slow that misses the threshold on `http_req_duration`; where none is missed, one with a 95th
 * percentile over a second.
 */
export function slownessOf(
  {
    moments,
    startedMs,
    momentMs,
    crashWindows,
  }: Pick<MergedRun, 'moments' | 'startedMs' | 'momentMs' | 'crashWindows'>,
  thresholds: readonly ThresholdResult[],
): Diagnosis | undefined {
  const { aggregation, slowMs } = missedBound(thresholds) ?? usualBound;
  const measured = moments.flatMap(({ durations, startMs, vus }) => {
    if (isInWindow(crashWindows, (startMs - startedMs) / 1000, momentMs / 1000)) return [];
    const histogram = LatencyHistogram.decode(durations);
    const ms = histogram.aggregated(aggregation);
    return ms === undefined || histogram.n < minSamples ? [] : [{ startMs, vus, ms }];
  });
  const slow = measured.filter(({ ms }) => ms > slowMs);
  const first = measured.find(
    ({ ms }, index) =>
      ms > slowMs &&
      measured.slice(index, index + momentsTogether).filter((moment) => moment.ms > slowMs).length >= minSlowMoments,
  );
  if (!first) return undefined;
  const earlier = measured.filter(({ startMs }) => startMs < first.startMs);
  const before = earlier.map(({ ms }) => ms);
  const vusBefore = Math.max(0, ...earlier.map(({ vus }) => vus));
  const grew = earlier.length > 0 && first.vus > vusBefore;
  const usual = before.toSorted((one, other) => one - other)[Math.floor(before.length / 2)];
  const worst = Math.max(...slow.map(({ ms }) => ms));
  const seconds = Math.round((first.startMs - startedMs) / 1000);
  return {
    cause: 'slowness',
    sentence: `The answers became slow after ${seconds} s, at ${first.vus} virtual users: ${aggregation} went to ${Math.round(worst)} ms.`,
    evidence: [
      ...(usual === undefined
        ? ['they were slow from the beginning']
        : [
            `before, ${aggregation} was ${Math.round(usual)} ms`,
            grew
              ? `there had been at most ${vusBefore} virtual users until then`
              : `there had been up to ${vusBefore} virtual users before, so it is not for their number`,
          ]),
      `in ${slow.length} of ${measured.length} moments ${aggregation} was over ${slowMs} ms`,
    ],
    remedy:
      `A load run looks at times and at virtual users, and not into the API: what it waited for at ${new Date(first.startMs).toISOString()} is for its own log and metrics to say.` +
      (grew ? ` It was not slow with up to ${vusBefore} virtual users.` : ''),
  };
}

/** Returns the bound of the first threshold on durations that the run was too slow for. */
function missedBound(thresholds: readonly ThresholdResult[]): Bound | undefined {
  const missed = thresholds
    .filter(({ metric, result }) => metric === 'http_req_duration' && result === 'fail')
    .map(({ expression }) => expressionParts(expression))
    .find(({ operator }) => operator.startsWith('<'));
  return missed && { aggregation: missed.aggregation, slowMs: missed.bound };
}
