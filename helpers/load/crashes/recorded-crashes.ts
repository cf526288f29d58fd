import { z } from 'zod';
import { describeForcedFailures } from '../../settings/load/forced-failures.ts';
import type { CrashSchedule } from './crash-schedule.ts';
import type { Outages } from './outages.ts';

const count = z.number().int().nonnegative();

const outageSchema = z.object({
  to: z.enum(['api', 'database']),
  /** Milliseconds since the epoch: when it was killed, given its start, and answered with success again. */
  killedMs: z.number(),
  startedMs: z.number().optional(),
  recoveredMs: z.number().optional(),
  /** Requests without an outcome, and those of them that were under way at the kill. */
  failed: count,
  underWay: count,
});

/** What a part of a load run has killed, and what came of it. */
export const recordedCrashesSchema = z.object({
  outages: z.array(outageSchema),
  /** What was not done, since the run was over before. */
  notReached: z.string().optional(),
});

export type RecordedOutage = z.infer<typeof outageSchema>;
export type RecordedCrashes = z.infer<typeof recordedCrashesSchema>;

/** Returns what was killed and came of it, with times since the epoch. */
export function recordedCrashes(
  { all }: Pick<Outages, 'all'>,
  schedule: Pick<CrashSchedule, 'notReached'>,
): RecordedCrashes {
  const epochMs = Date.now() - performance.now();
  const { notReached } = schedule;
  return {
    outages: all.map(({ killedMs, startedMs, recoveredMs, ...counts }) => ({
      ...counts,
      killedMs: epochMs + killedMs,
      ...(startedMs !== undefined && { startedMs: epochMs + startedMs }),
      ...(recoveredMs !== undefined && { recoveredMs: epochMs + recoveredMs }),
    })),
    ...(notReached.length > 0 && { notReached: describeForcedFailures(notReached) }),
  };
}
