import { describeDuration } from '../../settings/load/duration.ts';
import { describeStages, totalDurationMs, maxVus, vuSeconds, type Stage } from '../../settings/load/stages.ts';

/** The schedule of virtual users, with every number of the whole run. */
export type Pace =
  | { readonly by: 'stages'; readonly stages: readonly Stage[] }
  /** Shared among the virtual users; what has not begun by `maxDurationMs` is dropped. */
  | { readonly by: 'iterations'; readonly iterations: number; readonly vus: number; readonly maxDurationMs?: number }
  | { readonly by: 'rate'; readonly perSecond: number; readonly durationMs: number; readonly vus: number };

interface Paced {
  readonly pace: Pace;
  /** Into how many parts the run is cut. */
  readonly parts: number;
}

/** Returns the maximum of virtual users at any time. */
export function maxVusOf({ pace }: Pick<Paced, 'pace'>): number {
  return pace.by === 'stages' ? maxVus(pace.stages) : pace.vus;
}

/**
 * Estimates how many iterations the run comes to.
 *
 * @param iterationMs what one takes, pauses included.
 */
export function expectedIterations({ pace }: Pick<Paced, 'pace'>, iterationMs: number): number {
  switch (pace.by) {
    case 'iterations': {
      const { iterations, vus, maxDurationMs = Infinity } = pace;
      return Math.min(iterations, Math.ceil((vus * maxDurationMs) / iterationMs) + vus);
    }
    case 'rate':
      return Math.ceil((pace.perSecond * pace.durationMs) / 1000);
    case 'stages':
      // The first iterations of all virtual users have begun before any has ended.
      return Math.ceil((vuSeconds(pace.stages) * 1000) / iterationMs) + maxVus(pace.stages);
  }
}

/** Describes the pace in words. */
export function describePace({ pace }: Pick<Paced, 'pace'>): string {
  switch (pace.by) {
    case 'iterations':
      return (
        `${pace.iterations.toLocaleString('en-US')} iterations shared by ${pace.vus} virtual users` +
        (pace.maxDurationMs === undefined ? '' : `, for ${describeDuration(pace.maxDurationMs)} at the most`)
      );
    case 'rate':
      return `${pace.perSecond} iterations a second for ${describeDuration(pace.durationMs)}, at most ${pace.vus} virtual users`;
    case 'stages':
      return `virtual users in stages: ${describeStages(pace.stages)} (${describeDuration(totalDurationMs(pace.stages))})`;
  }
}

/** Returns one part's share of a whole number; the shares of all parts add up to it. */
export function shareOf({ parts }: Pick<Paced, 'parts'>, part: number, whole: number): number {
  return Math.floor((whole * (part + 1)) / parts) - Math.floor((whole * part) / parts);
}

/** Returns one part's share of a run's pace. */
export function paceOfPart({ pace, parts }: Paced, part: number): Pace {
  const share = (whole: number): number => shareOf({ parts }, part, whole);
  switch (pace.by) {
    case 'iterations':
      return { ...pace, iterations: share(pace.iterations), vus: share(pace.vus) };
    case 'rate':
      return { ...pace, perSecond: pace.perSecond / parts, vus: share(pace.vus) };
    case 'stages':
      return { ...pace, stages: pace.stages.map(({ durationMs, vus }) => ({ durationMs, vus: share(vus) })) };
  }
}
