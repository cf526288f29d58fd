import type { IdList } from '../id-list.ts';
import type { ForcedFailure } from './forced-failures.ts';
import type { Stage } from './stages.ts';
import type { Threshold } from './thresholds.ts';
import type { ReadEnvironment } from '../environment/environment-schema.ts';
import { SettingsError } from '../settings-error.ts';
import { omitUndefined } from '../omit-undefined.ts';

/** Settings of a load run; the load profile supplies what they leave out. */
export interface LoadSettings {
  /** Name of a file in tests/load/profiles. */
  readonly profile?: string;
  readonly stages?: readonly Stage[];
  /** Constant number of virtual users; with a rate, their maximum. */
  readonly vus?: number;
  readonly durationMs?: number;
  /** Shared among the virtual users, for as long as the duration lets them, if one is given. */
  readonly iterations?: number;
  /** Iterations that start every second, whether earlier ones are done or not. */
  readonly rate?: number;
  /** Amounts of orders to draw from, in won. */
  readonly amounts?: readonly number[];
  /** Pause after an iteration. */
  readonly pauseMs?: number;
  /** Pause between the payments of an iteration. */
  readonly gapMs?: number;
  /** Duration of an iteration with its pauses, to compute the capacity from it instead of a measured time. */
  readonly iterationMs?: number;
  readonly thresholds?: readonly Threshold[];
  /** What is killed and started while the run is under way. */
  readonly faults?: readonly ForcedFailure[];
  readonly transport: 'undici' | 'playwright';
  /**
   * True when accounts and products are inserted; otherwise those of `userIds` and `productIds` are used as they are.
   */
  readonly seed?: boolean;
  readonly userIds?: IdRange;
  readonly productIds?: IdRange;
  /** Folder of the reports, relative to the project's folder. */
  readonly reportFolder?: string;
}

/** Ids from the first to the last, both included. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** Returns the range that a list of ids is, for load runs; undefined where it is not a single range. */
const rangeOf = (list: IdList | undefined): IdRange | undefined => {
  const [, first = '', last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(list?.text ?? '') ?? [];
  return first ? { first: Number(first), last: Number(last) } : undefined;
};

/** Returns the settings of a load run. @throws SettingsError for settings that exclude one another. */
export function readLoadSettings(read: ReadEnvironment): LoadSettings {
  const { LOAD_STAGES: stages, LOAD_VUS: vus, LOAD_DURATION: durationMs } = read;
  const { LOAD_ITERATIONS: iterations, LOAD_RATE: rate } = read;
  if (stages && [vus, durationMs, iterations, rate].some((value) => value !== undefined)) {
    throw new SettingsError(
      'LOAD_STAGES already sets users and durations: unset LOAD_VUS, LOAD_DURATION, LOAD_ITERATIONS and LOAD_RATE, or LOAD_STAGES.',
    );
  }
  if (rate !== undefined && iterations !== undefined) {
    throw new SettingsError('LOAD_RATE and LOAD_ITERATIONS exclude one another: unset one of the two.');
  }
  const optional = {
    profile: read.LOAD_PROFILE,
    stages,
    vus,
    durationMs,
    iterations,
    rate,
    amounts: read.LOAD_AMOUNTS,
    pauseMs: read.LOAD_PAUSE_MS,
    gapMs: read.LOAD_GAP_MS,
    iterationMs: read.LOAD_ITERATION_MS,
    thresholds: read.LOAD_THRESHOLDS,
    faults: read.LOAD_FAULTS,
    seed: read.SEED === undefined ? undefined : read.SEED === 'on',
    userIds: rangeOf(read.USER_IDS),
    productIds: rangeOf(read.PRODUCT_IDS),
    reportFolder: read.LOAD_REPORT_DIR,
  };
  return { ...omitUndefined(optional), transport: read.LOAD_TRANSPORT };
}
