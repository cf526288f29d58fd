import { LatencyHistogram } from '../latency-histogram.ts';
import type { Diagnosis } from '../load-summary.ts';
import type { MergedRun } from '../merged-run.ts';

const slowMs = 1000;
const fewestSamples = 5;
// One slow moment can be chance.
const fewestSlow = 3;
const momentsTogether = 5;

/** When the answers became slow, if they did: the first of five moments most of which had a 95th percentile over a second. */
export function slownessOf({ moments, startedMs }: MergedRun): Diagnosis | undefined {
  const measured = moments.flatMap(({ durations, startMs, vus }) => {
    const histogram = LatencyHistogram.decode(durations);
    const p95 = histogram.percentile(95);
    return p95 === undefined || histogram.n < fewestSamples ? [] : [{ startMs, vus, p95 }];
  });
  const slow = measured.filter(({ p95 }) => p95 > slowMs);
  const first = measured.find(
    ({ p95 }, index) =>
      p95 > slowMs &&
      measured.slice(index, index + momentsTogether).filter((moment) => moment.p95 > slowMs).length >= fewestSlow,
  );
  if (!first) return undefined;
  const before = measured.filter(({ startMs }) => startMs < first.startMs).map(({ p95 }) => p95);
  const usual = before.toSorted((one, other) => one - other)[Math.floor(before.length / 2)];
  const worst = Math.max(...slow.map(({ p95 }) => p95));
  const seconds = Math.round((first.startMs - startedMs) / 1000);
  return {
    cause: 'slowness',
    sentence: `The answers became slow after ${seconds} s, at ${first.vus} virtual users: p(95) went to ${Math.round(worst)} ms.`,
    evidence: [
      ...(usual === undefined ? ['they were slow from the beginning'] : [`before, p(95) was ${Math.round(usual)} ms`]),
      `in ${slow.length} of ${measured.length} moments p(95) was over ${slowMs} ms`,
    ],
    remedy: `Look at what the API waited for at ${new Date(first.startMs).toISOString()}: processors, its pool of connections, row locks; or stay below ${first.vus} virtual users.`,
  };
}
