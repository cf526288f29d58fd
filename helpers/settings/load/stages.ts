import { describeDuration, parseDuration } from './duration.ts';

/** A change from the previous number of virtual users to this one, at an even rate. */
export interface Stage {
  readonly durationMs: number;
  readonly vus: number;
}

/**
 * Reads stages as `LOAD_STAGES` gives them.
 *
 * @example parseStages('30s:100,1m:100')
 * @returns undefined when the text is no list of stages.
 */
export function parseStages(text: string): readonly Stage[] | undefined {
  const stages = text.split(',').map((part) => {
    const [duration = '', vus = '', ...rest] = part.trim().split(':');
    const durationMs = parseDuration(duration);
    return durationMs !== undefined && /^\d{1,5}$/.test(vus.trim()) && rest.length === 0
      ? { durationMs, vus: Number(vus) }
      : undefined;
  });
  const complete = stages.filter((stage) => stage !== undefined);
  return complete.length === stages.length && totalDurationMs(complete) > 0 ? complete : undefined;
}

/** Returns the duration of all stages together, in milliseconds. */
export function totalDurationMs(stages: readonly Stage[]): number {
  return stages.reduce((total, { durationMs }) => total + durationMs, 0);
}

/** Returns the maximum number of virtual users. */
export function maxVus(stages: readonly Stage[]): number {
  return stages.reduce((max, { vus }) => Math.max(max, vus), 0);
}

/** Returns how many virtual users there should be at a time (ms since the start); the first stage starts at 0. */
export function vusAt(stages: readonly Stage[], elapsedMs: number): number {
  let before = 0;
  let start = 0;
  for (const { durationMs, vus } of stages) {
    if (elapsedMs < start + durationMs) return Math.round(before + ((vus - before) * (elapsedMs - start)) / durationMs);
    before = vus;
    start += durationMs;
  }
  return 0;
}

/** Returns virtual users × seconds, from which the number of iterations is computed. */
export function vuSeconds(stages: readonly Stage[]): number {
  let before = 0;
  let total = 0;
  for (const { durationMs, vus } of stages) {
    total += ((before + vus) / 2) * (durationMs / 1000);
    before = vus;
  }
  return total;
}

/** Returns stages for people: `30s → 100, 1m → 100`. */
export function describeStages(stages: readonly Stage[]): string {
  return stages.map(({ durationMs, vus }) => `${describeDuration(durationMs)} → ${vus}`).join(', ');
}
