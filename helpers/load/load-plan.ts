import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { paymentAmounts } from '../budget.ts';
import { projectFolder, SettingsError, type IdRange, type Settings } from '../settings.ts';
import type { IdList } from '../leases/id-list.ts';
import { describeDuration } from './duration.ts';
import { flows, type Flow } from './flow.ts';
import type { LoadProfile } from './load-profile.ts';
import { describeStages, lengthOf, mostVus, parseStages, vuSeconds, type Stage } from './stages.ts';
import { thresholdMistake } from './threshold-mistake.ts';
import { parseThresholds, type Threshold } from './thresholds.ts';

/** Everything that a load run is to be, from its profile and the settings. */
export interface LoadPlan {
  readonly profile: string;
  readonly description: string;
  readonly flow: Flow;
  /** How virtual users come and go, with every number of the whole run. */
  readonly pace:
    | { readonly by: 'stages'; readonly stages: readonly Stage[] }
    | { readonly by: 'iterations'; readonly iterations: number; readonly vus: number }
    | { readonly by: 'rate'; readonly perSecond: number; readonly durationMs: number; readonly vus: number };
  readonly amounts: readonly number[];
  /** Whether the amounts were asked for, and not just left as they are. */
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
  /** Into how many parts the run is cut, each of them a test on a worker of its own. */
  readonly parts: number;
}

const profileFolder = path.join(projectFolder, 'tests', 'load');
const fewestVusOfAPart = 25;

/** The load profiles that there are. */
export function loadProfileNames(): string[] {
  return readdirSync(profileFolder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

const profileSchema: z.ZodType<LoadProfile> = z.object({
  description: z.string(),
  flow: z.enum(flows),
  stages: z.string(),
  amounts: z.array(z.number().int().positive()).min(1).exactOptional(),
  pauseMs: z.number().min(0),
  gapMs: z.number().min(0).exactOptional(),
  thresholds: z.string(),
  accounts: z.number().int().positive().exactOptional(),
  products: z.number().int().positive().exactOptional(),
  seed: z.boolean().exactOptional(),
  evenIfShort: z.boolean().exactOptional(),
});

async function readProfile(name: string): Promise<LoadProfile> {
  const names = loadProfileNames();
  if (!names.includes(name)) {
    const near = names.find((known) => distance(known, name) <= 3);
    throw new SettingsError(
      `LOAD_PROFILE is "${name}", but there is no such load profile${near ? ` (did you mean ${near}?)` : ''}. ` +
        `Allowed: ${names.join(', ')}; a new one is a file in tests/load.`,
    );
  }
  const file: unknown = await import(pathToFileURL(path.join(profileFolder, `${name}.ts`)).href);
  const read = z.object({ default: profileSchema }).safeParse(file);
  if (read.success) return read.data.default;
  const issue = read.error.issues[0];
  throw new SettingsError(
    `tests/load/${name}.ts is no load profile: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  );
}

const understood = <Value>(value: Value | undefined, name: string, field: string, text: string): Value => {
  if (value !== undefined) return value;
  throw new SettingsError(`tests/load/${name}.ts: ${field} cannot be understood: ${JSON.stringify(text)}.`);
};

/**
 * Puts a load run together.
 *
 * @param workers Playwright's workers in all shards: the most parts that the run is cut into.
 * @throws SettingsError when there is no such profile, or it cannot be understood.
 */
export async function loadPlan({ load, leases, safetyMargin }: Settings, workers: number): Promise<LoadPlan> {
  const name = load.profile ?? 'smoke';
  const profile = await readProfile(name);
  const stages = load.stages ?? understood(parseStages(profile.stages), name, 'stages', profile.stages);
  const thresholds =
    load.thresholds ?? understood(parseThresholds(profile.thresholds), name, 'thresholds', profile.thresholds);
  const mistake = thresholdMistake(thresholds);
  if (mistake !== undefined) throw new SettingsError(`tests/load/${name}.ts: thresholds: allowed is ${mistake}.`);
  const vus = load.vus ?? mostVus(stages);
  const durationMs = load.durationMs ?? lengthOf(stages);
  const userIds = load.userIds ?? { first: 1, last: 100 };
  const productIds = load.productIds ?? { first: 1, last: 10 };
  const seed = load.seed ?? profile.seed ?? true;
  if (!seed) {
    assertRange('USER_IDS', leases.userIds, load.userIds);
    assertRange('PRODUCT_IDS', leases.productIds, load.productIds);
  }
  const pace: LoadPlan['pace'] =
    load.iterations !== undefined
      ? { by: 'iterations', iterations: load.iterations, vus: Math.min(vus, load.iterations) }
      : load.rate !== undefined
        ? { by: 'rate', perSecond: load.rate, durationMs, vus }
        : load.vus !== undefined || load.durationMs !== undefined
          ? {
              by: 'stages',
              stages: [
                { durationMs: 0, vus },
                { durationMs, vus },
              ],
            }
          : { by: 'stages', stages };
  const mostParts = Math.max(
    1,
    Math.floor((pace.by === 'stages' ? mostVus(pace.stages) : pace.vus) / fewestVusOfAPart),
  );
  const owned = seed ? Infinity : Math.min(sizeOf(userIds), sizeOf(productIds));
  const parts = Math.min(workers, mostParts, owned);
  const amounts = load.amounts ?? profile.amounts ?? paymentAmounts;
  return {
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
    parts,
  };
}

const assertRange = (name: string, list: IdList | undefined, range: IdRange | undefined): void => {
  if (list === undefined || range !== undefined) return;
  throw new SettingsError(
    `${name} is ${JSON.stringify(list.text)}, but a load run with SEED=off needs a range of ids, such as 1-100.`,
  );
};

const sizeOf = ({ first, last }: IdRange): number => last - first + 1;

/** The most virtual users at any time. */
export function mostVusOf({ pace }: LoadPlan): number {
  return pace.by === 'stages' ? mostVus(pace.stages) : pace.vus;
}

/** How long the run lasts in milliseconds, where that is known beforehand. */
export function plannedMs({ pace }: LoadPlan): number | undefined {
  return pace.by === 'stages' ? lengthOf(pace.stages) : pace.by === 'rate' ? pace.durationMs : undefined;
}

/**
 * How many iterations the run comes to.
 *
 * @param iterationMs what one takes, pauses included.
 */
export function expectedIterations({ pace }: LoadPlan, iterationMs: number): number {
  switch (pace.by) {
    case 'iterations':
      return pace.iterations;
    case 'rate':
      return Math.ceil((pace.perSecond * pace.durationMs) / 1000);
    case 'stages':
      // The first iterations of all virtual users have begun before any has ended.
      return Math.ceil((vuSeconds(pace.stages) * 1000) / iterationMs) + mostVus(pace.stages);
  }
}

/** The run in words. */
export function describePace({ pace }: LoadPlan): string {
  switch (pace.by) {
    case 'iterations':
      return `${pace.iterations.toLocaleString('en-US')} iterations shared by ${pace.vus} virtual users`;
    case 'rate':
      return `${pace.perSecond} iterations a second for ${describeDuration(pace.durationMs)}, at most ${pace.vus} virtual users`;
    case 'stages':
      return `virtual users in stages: ${describeStages(pace.stages)} (${describeDuration(lengthOf(pace.stages))})`;
  }
}

/** A whole number's share of one part, so that all parts together have all of it. */
export function shareOf({ parts }: Pick<LoadPlan, 'parts'>, part: number, whole: number): number {
  return Math.floor((whole * (part + 1)) / parts) - Math.floor((whole * part) / parts);
}

/** What one part of a run does of it. */
export function paceOfPart(plan: LoadPlan, part: number): LoadPlan['pace'] {
  const { pace, parts } = plan;
  const share = (whole: number): number => shareOf(plan, part, whole);
  switch (pace.by) {
    case 'iterations':
      return { ...pace, iterations: share(pace.iterations), vus: share(pace.vus) };
    case 'rate':
      return { ...pace, perSecond: pace.perSecond / parts, vus: share(pace.vus) };
    case 'stages':
      return { ...pace, stages: pace.stages.map(({ durationMs, vus }) => ({ durationMs, vus: share(vus) })) };
  }
}
