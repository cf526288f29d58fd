import { z } from 'zod';
import { graceMs } from './outages.ts';
import type { RecordedOutage } from './recorded-crashes.ts';

const count = z.number().int().nonnegative();

/** A kill that the run has forced, as `summary.json` has it; seconds since the start of the run, or of durations. */
export const crashSummarySchema = z.object({
  killed: z.enum(['api', 'database']),
  atSecond: z.number(),
  /** When its start was given. */
  startedAtSecond: z.number().optional(),
  /** From the kill to the first success of a request that was sent after the start. */
  outageSeconds: z.number().optional(),
  /** From the start to the same success; from the last start, where more was down. */
  recoverySeconds: z.number().optional(),
  /** Requests without an outcome, and those of them that were under way at the kill. */
  failed: count,
  underWay: count,
});

export type CrashSummary = z.infer<typeof crashSummarySchema>;

/** Returns from when on all that was down at an outage's end had been given its start. */
const backMs = (outage: RecordedOutage, outages: readonly RecordedOutage[]): number | undefined =>
  outage.startedMs === undefined
    ? undefined
    : Math.max(
        ...outages
          .filter(({ recoveredMs }) => recoveredMs === outage.recoveredMs)
          .map(({ startedMs = 0 }) => startedMs),
      );

/** Returns kills with their outages and recoveries, in the order of their time. */
export function crashSummaries(outages: readonly RecordedOutage[], startedMs: number): CrashSummary[] {
  const second = (ms: number): number => (ms - startedMs) / 1000;
  return outages
    .toSorted((one, other) => one.killedMs - other.killedMs)
    .map((outage): CrashSummary => {
      const { to, killedMs, startedMs: givenMs, recoveredMs, failed, underWay } = outage;
      const back = backMs(outage, outages);
      return {
        killed: to,
        atSecond: second(killedMs),
        ...(givenMs !== undefined && { startedAtSecond: second(givenMs) }),
        ...(recoveredMs !== undefined && { outageSeconds: (recoveredMs - killedMs) / 1000 }),
        ...(recoveredMs !== undefined && back !== undefined && { recoverySeconds: (recoveredMs - back) / 1000 }),
        ...{ failed, underWay },
      };
    });
}

/** A stretch of a run that a forced failure explains: from the kill until shortly after the first success. */
export interface CrashWindow {
  readonly fromSecond: number;
  readonly toSecond: number;
}

/** Returns the stretches of a run in which nothing says anything of the target but how it takes a crash. */
export function crashWindows(crashes: readonly CrashSummary[]): CrashWindow[] {
  return crashes.map(({ atSecond, outageSeconds = Infinity }) => ({
    fromSecond: atSecond,
    toSecond: atSecond + outageSeconds + graceMs / 1000,
  }));
}

/** Returns whether a moment lies in one of them, if only in part. */
export function isInWindow(windows: readonly CrashWindow[], second: number, seconds: number): boolean {
  return windows.some(({ fromSecond, toSecond }) => second <= toSecond && fromSecond <= second + seconds);
}
