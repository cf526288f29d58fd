import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { parseIdList, type IdList } from './leases/id-list.ts';
import { parseDuration } from './load/duration.ts';
import { parseStages, type Stage } from './load/stages.ts';
import { thresholdMistake } from './load/threshold-mistake.ts';
import { parseThresholds, type Threshold } from './load/thresholds.ts';
import { keepSecret } from './secrets.ts';
import { UserError } from './user-error.ts';

/** The project's top folder, wherever the command was started from. */
export const projectFolder = path.resolve(import.meta.dirname, '..');

/** Where a MySQL or MariaDB server and one database on it are found. */
export interface DatabaseSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
  /** `host/database` that may be written to although it looks like production. */
  readonly allowProduction?: string;
}

/** Everything that the environment (or `.env`) says, validated once. */
export interface Settings {
  /** Origin of the API under test, without a trailing slash. Absent until the bundled shop has started. */
  readonly baseUrl?: string;
  /** The target's database. Absent with the bundled shop (a private server is started) and in an API-only run. */
  readonly database?: DatabaseSettings;
  /** Whether the suite starts its own shop: `BASE_URL` is unset. */
  readonly usesBundledShop: boolean;
  /** Name of the target profile. */
  readonly target: string;
  /** Playwright workers; absent: Playwright's own default. */
  readonly workers?: number;
  /** Payments that one worker's account must be able to afford. */
  readonly paymentsPerWorker: number;
  /** Factor on every budget, at least 1. */
  readonly safetyMargin: number;
  /** Seed of all generated names, the same in every worker of a run. */
  readonly randomSeed: number;
  /** Longest wait for an answer of the API, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Name of the fault that the bundled shop is to have. */
  readonly shopFault?: string;
  /** Name of the variant that the bundled shop is to be. */
  readonly shopVariant?: string;
  /** `host/database` that may be written to although it is not on this machine. */
  readonly allowWritesTo?: string;
  /** What the target's authentication needs, as far as it is set. */
  readonly secrets: Readonly<Partial<Record<SecretName, string>>>;
  /** Users and products to lease, where none may be inserted. */
  readonly leases: { readonly userIds?: IdList; readonly productIds?: IdList };
  readonly load: LoadSettings;
}

type SecretName = 'API_TOKEN' | 'API_KEY' | 'API_PASSWORD';

/** What is said about a load run; the load profile says the rest. */
export interface LoadSettings {
  /** Name of a file in tests/load. */
  readonly profile?: string;
  readonly stages?: readonly Stage[];
  /** Virtual users, all the time; with a rate, the most that may be at work. */
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
  /** How long an iteration takes with its pauses, where the capacity is not to be computed from a measured time. */
  readonly iterationMs?: number;
  readonly thresholds?: readonly Threshold[];
  readonly transport: 'undici' | 'playwright';
  /** Whether accounts and products are inserted; else those of `userIds` and `productIds` are used as they are. */
  readonly seed?: boolean;
  readonly userIds?: IdRange;
  readonly productIds?: IdRange;
  /** Where the reports are to go, relative to the project's folder. */
  readonly reportFolder?: string;
}

/** Ids from the first to the last, both included. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** A setting is wrong: names the variable, what was given and what is allowed. */
export class SettingsError extends UserError {}

const integer = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `a whole number from ${minimum} to ${maximum}`);

const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password) {
    return url.href.replace(/\/+$/, '');
  }
  context.addIssue({ code: 'custom', message: 'an http:// or https:// address, such as http://localhost:8080' });
  return z.NEVER;
});

/** A text that a reader understands, or does not. */
const readBy = <Value>(read: (text: string) => Value | undefined, allowed: string) =>
  z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: allowed });
    return z.NEVER;
  });

const idList = readBy(parseIdList, 'ids such as 1-100, or 3,5,9-12, or UUIDs with commas between');

/** The single range of ids that a list is, for load runs. */
const rangeOf = (list: IdList | undefined): IdRange | undefined => {
  const [, first = '', last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(list?.text ?? '') ?? [];
  return first ? { first: Number(first), last: Number(last) } : undefined;
};

const positiveDuration = (text: string): number | undefined => {
  const durationMs = parseDuration(text);
  return durationMs === 0 ? undefined : durationMs;
};

const amountList = readBy<readonly number[]>((text) => {
  const amounts = text.split(',').map((part) => part.trim());
  return amounts.every((amount) => /^[1-9]\d{0,11}$/.test(amount)) ? amounts.map(Number) : undefined;
}, 'amounts in won, such as 10000,20000,50000');

const hostAndDatabase = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'host/database, exactly as in DB_HOST and DB_NAME');

const environmentSchema = z.object({
  BASE_URL: origin.optional(),
  DB_HOST: z
    .string()
    .regex(/^[^\s/@]+$/, 'a host name or address alone; port, user and database have variables of their own')
    .optional(),
  DB_PORT: integer(1, 65_535).default(3306),
  DB_USER: z.string().default('root'),
  DB_PASSWORD: z.string().default(''),
  DB_NAME: z.string().max(64, 'a database name of at most 64 characters').default('ecommerce'),
  TARGET: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$|\.ts$/, 'the name of a file in helpers/targets, such as reference, or the path of one')
    .default('reference'),
  WORKERS: integer(1, 512).optional(),
  PAYMENTS_PER_WORKER: integer(1, 10_000_000).default(500),
  SAFETY_MARGIN: z
    .string()
    .transform(Number)
    .refine((value) => value >= 1 && value <= 100, 'a number from 1 to 100')
    .default(2),
  RANDOM_SEED: integer(0, 2 ** 32 - 1).optional(),
  REQUEST_TIMEOUT_MS: integer(100, 600_000).default(15_000),
  SHOP_FAULT: z.string().optional(),
  SHOP_VARIANT: z.string().optional(),
  API_TOKEN: z.string().optional(),
  API_KEY: z.string().optional(),
  API_PASSWORD: z.string().optional(),
  ALLOW_WRITES_TO: hostAndDatabase.optional(),
  ALLOW_PRODUCTION: hostAndDatabase.optional(),
  LOAD_PROFILE: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'the name of a file in tests/load, such as payment-process')
    .optional(),
  LOAD_STAGES: readBy(parseStages, 'stages of duration:users, such as 30s:100,1m:100,30s:0').optional(),
  LOAD_VUS: integer(1, 20_000).optional(),
  LOAD_DURATION: readBy(positiveDuration, 'a duration such as 90s, 1m30s or 500ms').optional(),
  LOAD_ITERATIONS: integer(1, 1_000_000_000).optional(),
  LOAD_RATE: integer(1, 100_000).optional(),
  LOAD_AMOUNTS: amountList.optional(),
  LOAD_PAUSE_MS: integer(0, 600_000).optional(),
  LOAD_GAP_MS: integer(0, 60_000).optional(),
  LOAD_ITERATION_MS: integer(1, 600_000).optional(),
  LOAD_THRESHOLDS: readBy(
    parseThresholds,
    'thresholds of metric:expression, such as http_req_duration:p(95)<1000,errors:rate<0.1',
  )
    .superRefine((thresholds, context) => {
      const mistake = thresholdMistake(thresholds);
      if (mistake !== undefined) context.addIssue({ code: 'custom', message: mistake });
    })
    .optional(),
  LOAD_TRANSPORT: z.enum(['undici', 'playwright'], 'undici or playwright').default('undici'),
  LOAD_REPORT_DIR: z.string().optional(),
  SEED: z.enum(['on', 'off'], 'on or off').optional(),
  USER_IDS: idList.optional(),
  PRODUCT_IDS: idList.optional(),
});

const readLoadSettings = (read: z.output<typeof environmentSchema>): LoadSettings => {
  const { LOAD_STAGES: stages, LOAD_VUS: vus, LOAD_DURATION: durationMs } = read;
  const { LOAD_ITERATIONS: iterations, LOAD_RATE: rate } = read;
  if (stages && [vus, durationMs, iterations, rate].some((value) => value !== undefined)) {
    throw new SettingsError(
      'LOAD_STAGES says users and durations already: unset LOAD_VUS, LOAD_DURATION, LOAD_ITERATIONS and LOAD_RATE, or LOAD_STAGES.',
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
    seed: read.SEED === undefined ? undefined : read.SEED === 'on',
    userIds: rangeOf(read.USER_IDS),
    productIds: rangeOf(read.PRODUCT_IDS),
    reportFolder: read.LOAD_REPORT_DIR,
  };
  return { ...withoutUndefined(optional), transport: read.LOAD_TRANSPORT };
};

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

const withoutUndefined = <Fields extends object>(fields: Fields): Defined<Fields> => {
  const kept: Defined<Fields> = { ...fields };
  for (const name in kept) if (kept[name] === undefined) Reflect.deleteProperty(kept, name);
  return kept;
};

type Environment = Readonly<Record<string, string | undefined>>;

const knownNames = Object.keys(environmentSchema.shape);
const aliases: Environment = {
  DB_PASS: 'DB_PASSWORD',
  DB_PWD: 'DB_PASSWORD',
  DB_USERNAME: 'DB_USER',
  DB_DATABASE: 'DB_NAME',
  DB_SCHEMA: 'DB_NAME',
  DB_HOSTNAME: 'DB_HOST',
  API_URL: 'BASE_URL',
  API_BASE_URL: 'BASE_URL',
  REQUEST_TIMEOUT: 'REQUEST_TIMEOUT_MS',
};

// Set by many a machine for purposes of its own.
const commonNames = ['USER_ID', 'PRODUCT_ID'];

const lettersOf = (name: string): string => Array.from(name).toSorted().join('');

// Of a short name, many others are but a letter or two away.
const farthest = ({ length }: string): number => (length > 8 ? 2 : length > 4 ? 1 : 0);

const meantName = (name: string): string | undefined => {
  const upper = name.toUpperCase();
  if (knownNames.includes(upper)) return upper;
  const near = knownNames.find(
    (known) =>
      upper.startsWith(known.slice(0, 1)) &&
      (distance(known, upper) <= farthest(known) || lettersOf(known) === lettersOf(upper)),
  );
  return near ?? aliases[upper];
};

const rejectNearMisses = (environment: Environment): void => {
  for (const name of Object.keys(environment)) {
    if (knownNames.includes(name) || commonNames.includes(name)) continue;
    const meant = meantName(name);
    if (meant)
      throw new SettingsError(
        `${name} is set, but no setting has that name. Did you mean ${meant}? Rename or unset it.`,
      );
  }
};

const secretNames = new Set(['DB_PASSWORD', 'API_TOKEN', 'API_KEY', 'API_PASSWORD']);

// An address of the form user:password@host is wrong everywhere, but must not be shown for it.
const withoutCredentials = (value: string): string => value.replace(/[^\s/]*@/, '(hidden)@');

const readEnvironment = (environment: Environment) => {
  rejectNearMisses(environment);
  const given = Object.fromEntries(
    knownNames.map((name) => [name, environment[name]?.trim() ? environment[name] : undefined]),
  );
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = secretNames.has(name) ? '(hidden)' : JSON.stringify(withoutCredentials(given[name] ?? ''));
    return `${name} is ${shown}, allowed is ${issue.message}.`;
  });
  throw new SettingsError(wrong.join('\n'));
};

const splitAddress = (address: string): { host: string; port: number } => {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
};

const databaseAt = (
  address: { host: string; port: number },
  read: z.output<typeof environmentSchema>,
): DatabaseSettings => ({
  ...address,
  user: read.DB_USER,
  password: read.DB_PASSWORD,
  name: read.DB_NAME,
  ...(read.ALLOW_PRODUCTION !== undefined && { allowProduction: read.ALLOW_PRODUCTION }),
});

// Whatever DB_USER and its like say is meant for a server that DB_HOST names.
const privateDatabase = { user: 'root', password: '', name: 'ecommerce' } as const;

/**
 * Validates an environment.
 *
 * @param environment names and values, as in `process.env`.
 * @throws SettingsError for a wrong value or a name that is almost one of ours.
 */
export function parseSettings(environment: Environment): Settings {
  const read = readEnvironment(environment);
  if (read.BASE_URL !== undefined && (read.SHOP_FAULT ?? read.SHOP_VARIANT) !== undefined) {
    throw new SettingsError(
      'SHOP_FAULT and SHOP_VARIANT change the bundled shop, but BASE_URL is set. Unset one of the two.',
    );
  }
  const { BUNDLED_SHOP_URL: shopUrl, BUNDLED_SHOP_DB: shopDatabase } = environment;
  const baseUrl = read.BASE_URL ?? shopUrl;
  const database = read.DB_HOST
    ? databaseAt({ host: read.DB_HOST, port: read.DB_PORT }, read)
    : read.BASE_URL === undefined && shopDatabase
      ? { ...splitAddress(shopDatabase), ...privateDatabase }
      : undefined;
  return {
    ...(baseUrl && { baseUrl }),
    ...(database && { database }),
    usesBundledShop: read.BASE_URL === undefined,
    target: read.TARGET,
    ...(read.WORKERS !== undefined && { workers: read.WORKERS }),
    paymentsPerWorker: read.PAYMENTS_PER_WORKER,
    safetyMargin: read.SAFETY_MARGIN,
    randomSeed: read.RANDOM_SEED ?? 0,
    requestTimeoutMs: read.REQUEST_TIMEOUT_MS,
    ...(read.SHOP_FAULT !== undefined && { shopFault: read.SHOP_FAULT }),
    ...(read.SHOP_VARIANT !== undefined && { shopVariant: read.SHOP_VARIANT }),
    ...(read.ALLOW_WRITES_TO !== undefined && { allowWritesTo: read.ALLOW_WRITES_TO }),
    secrets: withoutUndefined({ API_TOKEN: read.API_TOKEN, API_KEY: read.API_KEY, API_PASSWORD: read.API_PASSWORD }),
    leases: withoutUndefined({ userIds: read.USER_IDS, productIds: read.PRODUCT_IDS }),
    load: readLoadSettings(read),
  };
}

/**
 * Reads the environment and `.env` (the environment wins). The secrets among it are shown to nobody from then on.
 *
 * @param shop the bundled shop that this process has started.
 * @throws SettingsError as `parseSettings` does.
 */
export function loadSettings(shop?: { readonly url: string; readonly database: string }): Settings {
  const dotenvFile = path.join(projectFolder, '.env');
  const fromFile = existsSync(dotenvFile) ? parseDotenv(readFileSync(dotenvFile)) : {};
  // Workers inherit the environment, so a seed drawn once is the whole run's.
  const seed = process.env.RANDOM_SEED ?? fromFile.RANDOM_SEED;
  if (!seed) process.env.RANDOM_SEED = String(randomInt(2 ** 32));
  const started = shop && { BUNDLED_SHOP_URL: shop.url, BUNDLED_SHOP_DB: shop.database };
  const environment: Environment = { ...fromFile, ...process.env, ...started };
  keepSecret([...secretNames].map((name) => environment[name]));
  return parseSettings(environment);
}

/**
 * Whether the suite's own tests were asked for; they stay out of a run against somebody's API otherwise.
 * Remembered in the environment, since workers load the configuration again under another command line.
 */
export function wantsOwnTests(): boolean {
  if (process.argv.slice(2).some((argument) => /(^|[=/])self([/.]|$)/.test(argument)))
    process.env.ORDER_PAY_OWN_TESTS = '1';
  return process.env.ORDER_PAY_OWN_TESTS === '1';
}

const remembered = (name: string, find: () => number | undefined): number | undefined => {
  const found = find();
  if (found !== undefined) process.env[name] = String(found);
  return process.env[name] === undefined ? undefined : Number(process.env[name]);
};

const argumentOf = (pattern: RegExp): string | undefined => {
  const line = process.argv.slice(2).join(' ');
  return pattern.exec(line)?.[1];
};

/**
 * How many workers all shards of this run have together. Remembered in the environment, as `wantsOwnTests` is.
 */
export function plannedWorkers({ workers }: Settings): number {
  const processors = availableParallelism();
  const onCommandLine = remembered('ORDER_PAY_WORKERS', () => {
    const [, number = '', percent = ''] =
      /^(\d+)(%?)$/.exec(argumentOf(/(?:^|\s)(?:--workers|-j)[=\s](\S+)/) ?? '') ?? [];
    if (!number) return undefined;
    return percent ? Math.max(1, Math.floor((processors * Number(number)) / 100)) : Math.max(1, Number(number));
  });
  const shards = remembered('ORDER_PAY_SHARDS', () => {
    const total = argumentOf(/(?:^|\s)--shard[=\s]\d+\/(\d+)/);
    return total === undefined ? undefined : Number(total);
  });
  return (onCommandLine ?? workers ?? Math.max(1, Math.floor(processors / 2))) * (shards ?? 1);
}

/** In which a run of the fault matrix is told which scenario to run against which shop, as JSON. */
export const killersVariable = 'ORDER_PAY_KILLERS';

/** What `killersVariable` says; an empty list in every other run. */
export function killersText(): string {
  return process.env[killersVariable] ?? '[]';
}

/**
 * This process's environment with some settings changed, for a run of the suite as a child.
 *
 * @param changes values by name; every other setting is left to its default, whatever this process was given.
 */
export function childEnvironment(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const blank = Object.fromEntries(knownNames.map((name) => [name, '']));
  return { ...process.env, ...blank, BUNDLED_SHOP_URL: undefined, BUNDLED_SHOP_DB: undefined, ...changes };
}

/** This process's environment with some settings changed, all others as they are. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, ...changes };
}

/** Whether there is an API of somebody's, but no database. */
export function isApiOnly({ usesBundledShop, database }: Settings): boolean {
  return !usesBundledShop && !database;
}

/** Whether a CI service runs the suite. */
export function isCi(): boolean {
  return Boolean(process.env.CI);
}
