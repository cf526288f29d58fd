import type { HoldingsSampler } from './holdings-sampler.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Measurements } from '../measure/measurements.ts';
import type { Live } from '../report/page/report-folder.ts';

/** Returns how one part of a run stands. @param moment the one that has just ended, a second long. */
export function liveOf(
  part: number,
  elapsedMs: number,
  moment: ReturnType<Measurements['endMoment']>,
  { counters, causes }: Pick<Measurements, 'counters' | 'causes'>,
  sampler: HoldingsSampler | undefined,
  { money: { decimals } }: Pick<TargetProfile, 'money'>,
): Live {
  const refusals: Record<string, number> = {};
  for (const { stage, reason, count } of causes.values()) {
    const name = `${stage} ${reason}`;
    refusals[name] = (refusals[name] ?? 0) + count;
  }
  const { vus, iterations, p95, balanceLowest } = moment;
  const lastsSeconds = sampler?.lastsSeconds;
  return {
    part,
    elapsedSeconds: elapsedMs / 1000,
    vus,
    iterations: counters.iterations,
    iterationsPerSecond: iterations,
    ...(p95 !== undefined && { p95 }),
    refusals,
    ...(balanceLowest !== undefined && { balanceLowest }),
    ...(decimals > 0 && { decimals }),
    ...(lastsSeconds !== undefined && { lastsSeconds }),
  };
}
