import { paymentAmounts } from '../../seeding/budget.ts';
import type { IdList } from '../../settings/id-list.ts';
import type { Settings } from '../../settings/settings.ts';
import type { IdRange, LoadSettings } from '../../settings/load/load-run-settings.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import type { ForcedFailure } from '../../settings/load/forced-failures.ts';
import { assertCrashesApply } from './assert-crashes-apply.ts';
import type { Flow } from './flow.ts';
import type { Pace } from './pace.ts';
import { readLoadProfile } from './read-load-profile.ts';
import { totalDurationMs, maxVus, parseStages, type Stage } from '../../settings/load/stages.ts';
import { thresholdMistake } from '../../settings/load/threshold-mistake.ts';
import { parseThresholds, type Threshold } from '../../settings/load/thresholds.ts';

/** Everything that a load run is to be, from its profile and the settings. */
export interface LoadPlan {
  readonly profile: string;
  readonly description: string;
  readonly flow: Flow;
  readonly pace: Pace;
  readonly amounts: readonly number[];
  /** True if the amounts were asked for, and not just left as they are. */
  readonly amountsAreGiven: boolean;
  readonly pauseMs: number;
  readonly gapMs: number;
  readonly iterationMs?: number;
  readonly thresholds: readonly Threshold[];
  readonly transport: 'undici' | 'playwright';
  readonly seed: boolean;
  readonly evenIfShort: boolean;
  readonly accounts: number;
  readonly products: number;
  readonly userIds: IdRange;
  readonly productIds: IdRange;
  readonly safetyMargin: number;
  /** What is killed and started while the run is under way. */
  readonly crashes: readonly ForcedFailure[];
  /** Into how many parts the run is cut, each of them a test on a worker of its own. */
  readonly parts: number;
}

const minVusOfAPart = 25;

const understood = <Value>(value: Value | undefined, name: string, field: string, text: string): Value => {
  if (value !== undefined) return value;
  throw new SettingsError(`tests/load/profiles/${name}.ts: ${field} cannot be understood: ${JSON.stringify(text)}.`);
};

/** Returns the pace that settings and profile ask for. @param stages of the profile, where nothing else is said. */
function paceOf(
  { vus: givenVus, durationMs: givenMs, iterations, rate }: LoadSettings,
  stages: readonly Stage[],
): Pace {
  const vus = givenVus ?? maxVus(stages);
  const durationMs = givenMs ?? totalDurationMs(stages);
  if (iterations !== undefined) {
    const limit = givenMs !== undefined && { maxDurationMs: givenMs };
    return { by: 'iterations', iterations, vus: Math.min(vus, iterations), ...limit };
  }
  if (rate !== undefined) return { by: 'rate', perSecond: rate, durationMs, vus };
  if (givenVus === undefined && givenMs === undefined) return { by: 'stages', stages };
  return {
    by: 'stages',
    stages: [
      { durationMs: 0, vus },
      { durationMs, vus },
    ],
  };
}

/**
 * Puts a load run together.
 *
 * @param workers Playwright's workers in all shards: the most parts that the run is cut into.
 * @throws SettingsError when there is no such profile, or it cannot be understood.
 */
export async function loadPlan(settings: Settings, workers: number): Promise<LoadPlan> {
  const { load, leases, safetyMargin } = settings;
  const name = load.profile ?? 'smoke';
  const profile = await readLoadProfile(name);
  const stages = load.stages ?? understood(parseStages(profile.stages), name, 'stages', profile.stages);
  const thresholds =
    load.thresholds ?? understood(parseThresholds(profile.thresholds), name, 'thresholds', profile.thresholds);
  const mistake = thresholdMistake(thresholds);
  if (mistake !== undefined)
    throw new SettingsError(`tests/load/profiles/${name}.ts: thresholds: allowed is ${mistake}.`);
  const userIds = load.userIds ?? { first: 1, last: 100 };
  const productIds = load.productIds ?? { first: 1, last: 10 };
  const seed = load.seed ?? profile.seed ?? true;
  if (!seed) {
    assertRange('USER_IDS', leases.userIds, load.userIds);
    assertRange('PRODUCT_IDS', leases.productIds, load.productIds);
  }
  const pace = paceOf(load, stages);
  const maxParts = Math.max(1, Math.floor((pace.by === 'stages' ? maxVus(pace.stages) : pace.vus) / minVusOfAPart));
  const owned = seed ? Infinity : Math.min(sizeOf(userIds), sizeOf(productIds));
  // Scenarios may run beside a load run that nobody has named.
  const crashes = load.profile === undefined ? [] : (load.faults ?? []);
  // One process alone decides when something is killed, and sees what comes of it.
  const parts = crashes.length > 0 ? 1 : Math.min(workers, maxParts, owned);
  const amounts = load.amounts ?? profile.amounts ?? paymentAmounts;
  const plan: LoadPlan = {
    profile: name,
    description: profile.description,
    flow: profile.flow,
    pace,
    amounts,
    amountsAreGiven: load.amounts !== undefined,
    pauseMs: load.pauseMs ?? profile.pauseMs,
    gapMs: load.gapMs ?? profile.gapMs ?? 0,
    ...(load.iterationMs !== undefined && { iterationMs: load.iterationMs }),
    thresholds,
    transport: load.transport,
    seed,
    evenIfShort: profile.evenIfShort ?? false,
    accounts: seed ? Math.max(parts, profile.accounts ?? 100) : sizeOf(userIds),
    // Every part has a product at every amount.
    products: seed ? Math.max(parts * amounts.length, profile.products ?? 10) : sizeOf(productIds),
    userIds,
    productIds,
    safetyMargin,
    crashes,
    parts,
  };
  assertCrashesApply(plan, settings);
  return plan;
}

const assertRange = (name: string, list: IdList | undefined, range: IdRange | undefined): void => {
  if (list === undefined || range !== undefined) return;
  throw new SettingsError(
    `${name} is ${JSON.stringify(list.text)}, but a load run with SEED=off needs a range of ids, such as 1-100.`,
  );
};

const sizeOf = ({ first, last }: IdRange): number => last - first + 1;
