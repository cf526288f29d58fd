import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseDotenv } from 'dotenv';
import { trustInChildProcesses, type Certificates } from './certificates.ts';
import type { IdList } from './id-list.ts';
import { projectFolder } from '../text/project-folder.ts';
import { keepSecret } from '../text/secrets.ts';
import type { ReadEnvironment } from './environment/environment-schema.ts';
import type { Environment } from './environment/environment.ts';
import { readLoadSettings, type LoadSettings } from './load/load-run-settings.ts';
import { readEnvironment, secretNames } from './environment/read-environment.ts';
import { readRestartCommands, type RestartCommands } from './restart-commands.ts';
import { SettingsError } from './settings-error.ts';
import { omitUndefined } from './omit-undefined.ts';

/** Address and credentials of a MySQL or MariaDB server, and the name of a database on it. */
export interface DatabaseSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
  /** Left out where connections are not encrypted. Without `ca`, any certificate of the server is accepted. */
  readonly tls?: { readonly ca?: Certificates };
  /** `host/database` that may be written to although it looks like production. */
  readonly allowProduction?: string;
}

/** All settings from the environment (or `.env`), validated. */
export interface Settings {
  /** Origin of the API under test, without a trailing slash. Absent until the bundled shop has started. */
  readonly baseUrl?: string;
  /** Origins of further instances of the same service, on the same database. */
  readonly otherInstances: readonly string[];
  /** Authorities whose certificates the API may show, in place of the usual ones. */
  readonly apiCa?: Certificates;
  /** The target's database. Absent with the bundled shop (a private server is started) and in an API-only run. */
  readonly database?: DatabaseSettings;
  /** True when the suite starts its own shop, since `BASE_URL` and `BASE_URLS` are unset. */
  readonly usesBundledShop: boolean;
  /** True when the suite starts a database server of its own for it, since `DB_HOST` is unset, too. */
  readonly usesPrivateDatabase: boolean;
  /** Name of the target profile. */
  readonly target: string;
  /** Playwright workers; absent: Playwright's own default. */
  readonly workers?: number;
  /** Payments that one worker's account must be able to afford. */
  readonly paymentsPerWorker: number;
  /** Factor on every budget, at least 1. */
  readonly safetyMargin: number;
  /** Number of later keys after which a key is replayed. */
  readonly replayWindow: number;
  /** Maximum time, in milliseconds, that a row is held until a transaction of the target gives up waiting for it. */
  readonly lockHoldMs: number;
  /** Seed of all generated names, the same in every worker of a run. */
  readonly randomSeed: number;
  /** Maximum wait for an answer of the API, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Maximum time that one request waits, in milliseconds, where the API answers 429. */
  readonly rateLimitWaitMs: number;
  /** Name of the fault that the bundled shop is to have. */
  readonly shopFault?: string;
  /** Name of the variant that the bundled shop is to be. */
  readonly shopVariant?: string;
  /** How the target's API and its database server are killed and started, as far as that is said. */
  readonly restart: { readonly api?: RestartCommands; readonly database?: RestartCommands };
  /** `host/database` that may be written to although it is not on this machine. */
  readonly allowWritesTo?: string;
  /** Credentials for the target's authentication, as far as they are set. */
  readonly secrets: Readonly<Partial<Record<SecretName, string>>>;
  /** Values for headers of the target profile, by the name of their variable, `API_HEADER_…`. */
  readonly headerValues: Readonly<Record<string, string>>;
  /** Users and products to lease, where none may be inserted. */
  readonly leases: { readonly userIds?: IdList; readonly productIds?: IdList };
  /** Folder for the findings of a run, relative to the project. */
  readonly findingsFolder: string;
  /** The least severe finding that fails a run. */
  readonly failOn: 'critical' | 'major' | 'minor';
  readonly load: LoadSettings;
}

const headerVariable = /^API_HEADER_[A-Z0-9_]+$/;

const headerValuesIn = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      headerVariable.test(name) && value?.trim() ? [[name, value.trim()]] : [],
    ),
  );

type SecretName = 'API_TOKEN' | 'API_KEY' | 'API_PASSWORD';

const splitAddress = (address: string): { host: string; port: number } => {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
};

const databaseAt = (address: { host: string; port: number }, read: ReadEnvironment): DatabaseSettings => ({
  ...address,
  user: read.DB_USER,
  password: read.DB_PASSWORD,
  name: read.DB_NAME,
  ...((read.DB_SSL ?? read.DB_SSL_CA !== undefined) && { tls: omitUndefined({ ca: read.DB_SSL_CA }) }),
  ...(read.ALLOW_PRODUCTION !== undefined && { allowProduction: read.ALLOW_PRODUCTION }),
});

// DB_USER and the like are meant for the server that DB_HOST names.
const privateDatabase = { user: 'root', password: '', name: 'ecommerce' } as const;

/** Returns the addresses of all instances, the first of which is the API of all scenarios. */
const instancesIn = ({ BASE_URL: url, BASE_URLS: urls }: ReadEnvironment): readonly string[] => {
  if (!urls || url === undefined) return urls ?? (url === undefined ? [] : [url]);
  if (url === urls[0]) return urls;
  throw new SettingsError(
    `BASE_URL is ${JSON.stringify(url)}, but BASE_URLS begins with ${JSON.stringify(urls[0])}. ` +
      'Unset BASE_URL, or put it first in BASE_URLS.',
  );
};

/**
 * Validates an environment.
 *
 * @param environment names and values, as in `process.env`.
 * @throws SettingsError for a wrong value or a name that is almost one of ours.
 */
export function parseSettings(environment: Environment): Settings {
  const read = readEnvironment(environment);
  const [first, ...others] = instancesIn(read);
  if (first !== undefined && (read.SHOP_FAULT ?? read.SHOP_VARIANT) !== undefined) {
    throw new SettingsError(
      `SHOP_FAULT and SHOP_VARIANT change the bundled shop, but ${read.BASE_URL === undefined ? 'BASE_URLS' : 'BASE_URL'} is set. Unset one of the two.`,
    );
  }
  if (read.DB_SSL === false && read.DB_SSL_CA !== undefined) {
    throw new SettingsError('DB_SSL_CA is for connections over TLS, but DB_SSL is false. Unset one of the two.');
  }
  const {
    BUNDLED_SHOP_URL: shopUrl,
    BUNDLED_SHOP_OTHER_URL: otherShopUrl,
    BUNDLED_SHOP_DB: shopDatabase,
  } = environment;
  const baseUrl = first ?? shopUrl;
  const otherOfShop = first === undefined && otherShopUrl ? [otherShopUrl] : [];
  const database = read.DB_HOST
    ? databaseAt({ host: read.DB_HOST, port: read.DB_PORT }, read)
    : first === undefined && shopDatabase
      ? { ...splitAddress(shopDatabase), ...privateDatabase }
      : undefined;
  return {
    ...(baseUrl && { baseUrl }),
    otherInstances: [...others, ...otherOfShop],
    ...(read.API_CA_FILE && { apiCa: read.API_CA_FILE }),
    ...(database && { database }),
    usesBundledShop: first === undefined,
    usesPrivateDatabase: first === undefined && read.DB_HOST === undefined,
    target: read.TARGET,
    ...(read.WORKERS !== undefined && { workers: read.WORKERS }),
    paymentsPerWorker: read.PAYMENTS_PER_WORKER,
    safetyMargin: read.SAFETY_MARGIN,
    replayWindow: read.REPLAY_WINDOW,
    lockHoldMs: read.LOCK_HOLD_MS,
    randomSeed: read.RANDOM_SEED ?? 0,
    requestTimeoutMs: read.REQUEST_TIMEOUT_MS,
    rateLimitWaitMs: read.RATE_LIMIT_WAIT_MS,
    ...(read.SHOP_FAULT !== undefined && { shopFault: read.SHOP_FAULT }),
    ...(read.SHOP_VARIANT !== undefined && { shopVariant: read.SHOP_VARIANT }),
    restart: readRestartCommands(read),
    ...(read.ALLOW_WRITES_TO !== undefined && { allowWritesTo: read.ALLOW_WRITES_TO }),
    secrets: omitUndefined({ API_TOKEN: read.API_TOKEN, API_KEY: read.API_KEY, API_PASSWORD: read.API_PASSWORD }),
    headerValues: headerValuesIn(environment),
    leases: omitUndefined({ userIds: read.USER_IDS, productIds: read.PRODUCT_IDS }),
    findingsFolder: read.FINDINGS_DIR,
    failOn: read.FAIL_ON,
    load: readLoadSettings(read),
  };
}

/**
 * Reads the environment and `.env` (the environment wins). Its secrets are hidden from all output from then on.
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
  keepSecret(Object.values(headerValuesIn(environment)));
  const settings = parseSettings(environment);
  if (settings.apiCa) trustInChildProcesses(settings.apiCa);
  return settings;
}

/** Returns whether an API under test is given, but no database. */
export function isApiOnly({ usesBundledShop, database }: Settings): boolean {
  return !usesBundledShop && !database;
}

/** Returns whether a CI service runs the suite. */
export function isCi(): boolean {
  return Boolean(process.env.CI);
}
