import type { TargetProfile } from '../../profile/target-profile.ts';
import { auditRun } from '../audit/audit-run.ts';
import type { RecordedCrashes } from '../crashes/recorded-crashes.ts';
import type { IterationParts } from './iteration-parts.ts';
import { curingSql } from '../plan/capacity.ts';
import { cureThroughApi } from '../prepare/cure-through-api.ts';
import { noLedger } from '../audit/load-ledger.ts';
import type { LoadPart } from '../measure/load-part.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import type { LoadBudget } from '../measure/load-summary.ts';
import type { Prepared } from '../prepare/preparation.ts';
import type { Measurements } from '../measure/measurements.ts';

/** Facts at the end of one part of a run, besides its measurements. */
interface PartEnd extends Pick<LoadPart, 'part' | 'startedMs' | 'endedMs' | 'vusMax' | 'interrupted' | 'driver'> {
  readonly plan: LoadPlan;
  readonly profile: TargetProfile;
  readonly stoppedEarly: string | undefined;
  readonly blocked: string | undefined;
  /** Budget that was computed before the run, even if the run did not begin. */
  readonly budget: LoadBudget | undefined;
  /** Absent where the run did not come to begin. */
  readonly prepared: Prepared | undefined;
  /** True if any iteration can have begun. */
  readonly hasRun: boolean;
  /** What was forced and acknowledged, where failures were forced. */
  readonly crashes: IterationParts['crashes'];
  readonly recorded?: RecordedCrashes;
}

/** Audits the tables, and puts together what one part of a run came to. */
export async function partResults(measurements: Measurements, end: PartEnd): Promise<LoadPart> {
  const { plan, profile, stoppedEarly, blocked, budget, prepared, hasRun, crashes, recorded, ...known } = end;
  const { counters, durations, causes, broken, exceptions, moments, momentMs, lastAnsweredMs } = measurements;
  const { largestAmount = 0 } = prepared ?? {};
  return {
    ...known,
    parts: plan.parts,
    profile: plan.profile,
    target: profile.name,
    ...(profile.money.decimals > 0 && { decimals: profile.money.decimals }),
    transport: plan.transport,
    pacedBy: plan.pace.by,
    thresholds: [...plan.thresholds],
    ...(stoppedEarly !== undefined && { stoppedEarly }),
    ...(blocked !== undefined && { blocked }),
    counters,
    ...(lastAnsweredMs !== undefined && { lastAnsweredMs }),
    durations: durations.encode(),
    causes: [...causes.values()],
    broken: broken.all,
    exceptions,
    momentMs,
    moments,
    ...(budget && { budget }),
    largestAmount,
    ...(recorded && { crashes: recorded }),
    ...(prepared && hasRun
      ? await auditRun(prepared, counters, profile, crashes)
      : { ledger: noLedger, deviations: [] }),
    cure: curesOf(end),
  };
}

const curesOf = ({ plan, profile, prepared }: PartEnd): LoadPart['cure'] => {
  if (!prepared) return { balance: '', stock: '' };
  const { neededPerAccount: balance, neededPerProduct: stock } = prepared.budget;
  const cure = prepared.tables ? curingSql : cureThroughApi;
  return { balance: cure(profile, plan, { balance }), stock: cure(profile, plan, { stock }) };
};
