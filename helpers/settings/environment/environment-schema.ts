import { z } from 'zod';
import { readCertificates } from '../certificates.ts';
import { commandWords } from '../command-words.ts';
import { parseIdList } from '../id-list.ts';
import { parseDuration } from '../load/duration.ts';
import { parseForcedFailures } from '../load/forced-failures.ts';
import { parseStages } from '../load/stages.ts';
import { thresholdMistake } from '../load/threshold-mistake.ts';
import { parseThresholds } from '../load/thresholds.ts';

const integer = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${minimum} to ${maximum}`)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, `a whole number from ${minimum} to ${maximum}`);

/** Returns a schema of the texts that a function can read; it returns undefined for any other. */
const readBy = <Value>(read: (text: string) => Value | undefined, allowed: string) =>
  z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: allowed });
    return z.NEVER;
  });

const originOf = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password)
    return undefined;
  return url.href.replace(/\/+$/, '');
};

const origin = readBy(originOf, 'an http:// or https:// address, such as http://localhost:8080');

const origins = readBy<readonly string[]>((text) => {
  const urls = text.split(',').flatMap((part) => originOf(part.trim()) ?? []);
  return urls.length === text.split(',').length && urls.length > 1 && new Set(urls).size === urls.length
    ? urls
    : undefined;
}, 'two or more different http:// or https:// addresses of one service, such as http://localhost:8080,http://localhost:8081');

const certificates = readBy(readCertificates, 'the path of a file with certificates in PEM form (-----BEGIN …)');

const idList = readBy(parseIdList, 'ids such as 1-100, or 3,5,9-12, or UUIDs with commas between');

const command = readBy(
  commandWords,
  'a program and its arguments, words with spaces in them in quotes, and nothing of a shell such as && or | (write a script for that, and name it)',
);

const positiveDuration = (text: string): number | undefined => {
  const durationMs = parseDuration(text);
  return durationMs === 0 ? undefined : durationMs;
};

const forcedFailures = z.string().transform((text, context) => {
  const failures = parseForcedFailures(text);
  if (typeof failures !== 'string') return failures;
  context.addIssue({ code: 'custom', message: failures });
  return z.NEVER;
});

const amountList = readBy<readonly number[]>((text) => {
  const amounts = text.split(',').map((part) => part.trim());
  return amounts.every((amount) => /^[1-9]\d{0,11}$/.test(amount)) ? amounts.map(Number) : undefined;
}, 'amounts in won, such as 10000,20000,50000');

const hostAndDatabase = z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'host/database, exactly as in DB_HOST and DB_NAME');

/** Every setting by the name of its variable, as text, with its default. */
export const environmentSchema = z.object({
  BASE_URL: origin.optional(),
  BASE_URLS: origins.optional(),
  API_CA_FILE: certificates.optional(),
  DB_HOST: z
    .string()
    .regex(/^[^\s/@]+$/, 'a host name or address alone; port, user and database have variables of their own')
    .optional(),
  DB_PORT: integer(1, 65_535).default(3306),
  DB_USER: z.string().default('root'),
  DB_PASSWORD: z.string().default(''),
  DB_SSL: z
    .enum(['false', 'true', 'required'], 'false, or true or required (the same: never without TLS)')
    .transform((value) => value !== 'false')
    .optional(),
  DB_SSL_CA: certificates.optional(),
  DB_NAME: z.string().max(64, 'a database name of at most 64 characters').default('ecommerce'),
  TARGET: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]*$|\.ts$/,
      'the name of a file in helpers/profile/targets, such as reference, or the path of one',
    )
    .default('reference'),
  WORKERS: integer(1, 512).optional(),
  PAYMENTS_PER_WORKER: integer(1, 10_000_000).default(500),
  SAFETY_MARGIN: z
    .string()
    .transform(Number)
    .refine((value) => value >= 1 && value <= 100, 'a number from 1 to 100')
    .default(2),
  REPLAY_WINDOW: integer(1, 100_000).default(64),
  LOCK_HOLD_MS: integer(1000, 120_000).default(3000),
  RANDOM_SEED: integer(0, 2 ** 32 - 1).optional(),
  REQUEST_TIMEOUT_MS: integer(100, 600_000).default(15_000),
  RATE_LIMIT_WAIT_MS: integer(0, 600_000).default(30_000),
  SHOP_FAULT: z.string().optional(),
  SHOP_VARIANT: z.string().optional(),
  API_TOKEN: z.string().optional(),
  API_KEY: z.string().optional(),
  API_PASSWORD: z.string().optional(),
  TARGET_KILL_COMMAND: command.optional(),
  TARGET_START_COMMAND: command.optional(),
  DB_KILL_COMMAND: command.optional(),
  DB_START_COMMAND: command.optional(),
  ALLOW_WRITES_TO: hostAndDatabase.optional(),
  ALLOW_PRODUCTION: hostAndDatabase.optional(),
  FINDINGS_DIR: z.string().default('findings'),
  FAIL_ON: z.enum(['critical', 'major', 'minor'], 'critical, major or minor').default('minor'),
  LOAD_PROFILE: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'the name of a file in tests/load/profiles, such as payment-process')
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
  LOAD_FAULTS: forcedFailures.optional(),
  LOAD_TRANSPORT: z.enum(['undici', 'playwright'], 'undici or playwright').default('undici'),
  LOAD_REPORT_DIR: z.string().optional(),
  SEED: z.enum(['on', 'off'], 'on or off').optional(),
  USER_IDS: idList.optional(),
  PRODUCT_IDS: idList.optional(),
});

/** The names of all settings. */
export const knownNames: readonly string[] = Object.keys(environmentSchema.shape);

/** An environment after the schema has read it. */
export type ReadEnvironment = z.output<typeof environmentSchema>;
