import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { parseSettings } from '../../../helpers/settings/settings.ts';
import { SettingsError } from '../../../helpers/settings/settings-error.ts';

type Environment = Parameters<typeof parseSettings>[0];

/** Returns the message with which an environment is rejected; empty when it is accepted. */
const complaint = (environment: Environment): string => {
  try {
    parseSettings(environment);
    return '';
  } catch (error) {
    return error instanceof SettingsError ? error.message : `not a SettingsError: ${String(error)}`;
  }
};

const complaints = (name: string, values: readonly string[]): string[] =>
  values.map((value) => complaint({ [name]: value }));

const wrong: readonly { name: string; values: readonly string[]; allowed: string }[] = [
  {
    name: 'BASE_URL',
    values: ['localhost:8080', 'ftp://shop', 'http://', 'http://shop/?a=1', 'http://shop/#top', 'shop'],
    allowed: 'an http:// or https:// address, such as http://localhost:8080',
  },
  {
    name: 'BASE_URLS',
    values: ['http://a', 'http://a,', 'http://a,b', 'http://a,http://a/', 'http://a;http://b'],
    allowed:
      'two or more different http:// or https:// addresses of one service, such as http://localhost:8080,http://localhost:8081',
  },
  {
    name: 'DB_HOST',
    values: ['mysql://db', 'db/shop', 'db host'],
    allowed: 'a host name or address alone; port, user and database have variables of their own',
  },
  { name: 'DB_PORT', values: ['0', '65536', '33o6', '-1', '3306.0', '1e3'], allowed: 'a whole number from 1 to 65535' },
  { name: 'DB_NAME', values: ['x'.repeat(65)], allowed: 'a database name of at most 64 characters' },
  {
    name: 'TARGET',
    values: ['Reference', '../x', '1shop', 'a b'],
    allowed: 'the name of a file in helpers/profile/targets, such as reference, or the path of one',
  },
  { name: 'WORKERS', values: ['0', '513', '50%', 'all'], allowed: 'a whole number from 1 to 512' },
  { name: 'PAYMENTS_PER_WORKER', values: ['0', '10000001', '1_000'], allowed: 'a whole number from 1 to 10000000' },
  { name: 'SAFETY_MARGIN', values: ['0.9', '101', 'two', '1,5', 'Infinity'], allowed: 'a number from 1 to 100' },
  { name: 'REPLAY_WINDOW', values: ['0', '100001', 'all'], allowed: 'a whole number from 1 to 100000' },
  { name: 'LOCK_HOLD_MS', values: ['999', '120001', '1m'], allowed: 'a whole number from 1000 to 120000' },
  { name: 'RANDOM_SEED', values: ['4294967296', '-1', 'abc'], allowed: 'a whole number from 0 to 4294967295' },
  { name: 'REQUEST_TIMEOUT_MS', values: ['99', '600001', '5s'], allowed: 'a whole number from 100 to 600000' },
  { name: 'RATE_LIMIT_WAIT_MS', values: ['-1', '600001', '30s'], allowed: 'a whole number from 0 to 600000' },
  {
    name: 'DB_SSL',
    values: ['yes', 'TRUE', 'verify-ca'],
    allowed: 'false, or true or required (the same: never without TLS)',
  },
  ...['DB_SSL_CA', 'API_CA_FILE'].map((name) => ({
    name,
    values: ['no-such-file.pem', 'package.json', '.'],
    allowed: 'the path of a file with certificates in PEM form (-----BEGIN …)',
  })),
  ...['ALLOW_WRITES_TO', 'ALLOW_PRODUCTION'].map((name) => ({
    name,
    values: ['db', 'db/', '/shop', 'a/b/c'],
    allowed: 'host/database, exactly as in DB_HOST and DB_NAME',
  })),
];

const nearMisses: Readonly<Record<string, string>> = {
  DB_PASWORD: 'DB_PASSWORD',
  DB_PASSWD: 'DB_PASSWORD',
  DB_PASS: 'DB_PASSWORD',
  DB_PWD: 'DB_PASSWORD',
  DB_USERNAME: 'DB_USER',
  DB_DATABASE: 'DB_NAME',
  DB_SCHEMA: 'DB_NAME',
  DB_HOSTNAME: 'DB_HOST',
  DB_SSL_MODE: 'DB_SSL',
  API_CA: 'API_CA_FILE',
  API_URL: 'BASE_URL',
  db_host: 'DB_HOST',
  DB_HOTS: 'DB_HOST',
  Base_Url: 'BASE_URL',
  BASE_URI: 'BASE_URL',
  BASEURL: 'BASE_URL',
  WORKER: 'WORKERS',
  TARGETS: 'TARGET',
  SAFTY_MARGIN: 'SAFETY_MARGIN',
  REQUEST_TIMEOUT: 'REQUEST_TIMEOUT_MS',
  ALLOW_WRITE_TO: 'ALLOW_WRITES_TO',
};

const database = { host: 'db', port: 3306, user: 'root', password: '', name: 'ecommerce' };

test.describe('settings', () => {
  test('empty environment selects the bundled shop and the defaults', () => {
    expect(parseSettings({})).toEqual({
      otherInstances: [],
      usesBundledShop: true,
      usesPrivateDatabase: true,
      restart: {},
      target: 'reference',
      secrets: {},
      leases: {},
      load: { transport: 'undici' },
      paymentsPerWorker: 500,
      safetyMargin: 2,
      replayWindow: 64,
      lockHoldMs: 3000,
      randomSeed: 0,
      requestTimeoutMs: 15_000,
      rateLimitWaitMs: 30_000,
      headerValues: {},
      findingsFolder: 'findings',
      failOn: 'minor',
    });
  });

  test('every given setting is taken over', () => {
    const environment = {
      BASE_URL: 'https://shop.example/v1/',
      DB_HOST: '::1',
      DB_PORT: '3307',
      DB_USER: 'qa',
      DB_PASSWORD: ' pass word ',
      DB_NAME: 'shop',
      TARGET: 'my-shop-2',
      WORKERS: '4',
      PAYMENTS_PER_WORKER: '20',
      SAFETY_MARGIN: '1.5',
      LOCK_HOLD_MS: '60000',
      REPLAY_WINDOW: '1000',
      RANDOM_SEED: '4294967295',
      REQUEST_TIMEOUT_MS: '100',
      RATE_LIMIT_WAIT_MS: '0',
      API_HEADER_GATEWAY: ' gate ',
      DB_SSL: 'required',
      ALLOW_WRITES_TO: 'db.example/shop',
      API_TOKEN: 'token',
      API_KEY: 'key',
      API_PASSWORD: 'word',
      FINDINGS_DIR: 'build/findings',
      FAIL_ON: 'critical',
    };
    expect(parseSettings(environment)).toEqual({
      baseUrl: 'https://shop.example/v1',
      otherInstances: [],
      database: { host: '::1', port: 3307, user: 'qa', password: ' pass word ', name: 'shop', tls: {} },
      usesBundledShop: false,
      usesPrivateDatabase: false,
      restart: {},
      leases: {},
      target: 'my-shop-2',
      workers: 4,
      load: { transport: 'undici' },
      paymentsPerWorker: 20,
      safetyMargin: 1.5,
      replayWindow: 1000,
      lockHoldMs: 60_000,
      randomSeed: 4_294_967_295,
      requestTimeoutMs: 100,
      rateLimitWaitMs: 0,
      headerValues: { API_HEADER_GATEWAY: 'gate' },
      allowWritesTo: 'db.example/shop',
      secrets: { API_TOKEN: 'token', API_KEY: 'key', API_PASSWORD: 'word' },
      findingsFolder: 'build/findings',
      failOn: 'critical',
    });
  });

  test('wrong value is reported with the variable, the value and what is allowed', () => {
    const said = wrong.map(({ name, values }) => complaints(name, values));
    expect(said).toEqual(
      wrong.map(({ name, values, allowed }) =>
        values.map((value) => `${name} is ${JSON.stringify(value)}, allowed is ${allowed}.`),
      ),
    );
  });

  test('all wrong values are reported at once, one per line', () => {
    expect(complaint({ WORKERS: 'x', DB_PORT: 'y' }).split('\n')).toEqual([
      expect.stringMatching(/^DB_PORT is "y"/),
      expect.stringMatching(/^WORKERS is "x"/),
    ]);
  });

  test('mistyped setting name is reported with the setting that was meant', () => {
    const said = Object.keys(nearMisses).map((name) => complaint({ [name]: '1' }));
    expect(said).toEqual(
      Object.entries(nearMisses).map(
        ([name, meant]) => `${name} is set, but no setting has that name. Did you mean ${meant}? Rename or unset it.`,
      ),
    );
  });

  test('unrelated variables are ignored', () => {
    const unrelated = ['PATH', 'HOME', 'PORT', 'HOST', 'USER', 'NAME', 'BASE', 'URL', 'WORKSPACE', 'PASSWORD'];
    const ofOthers = ['DB_TYPE', 'DB_URL', 'BASE_DIR', 'MYSQL_HOST', 'TARGETARCH', 'npm_config_target', 'CI'];
    for (const name of [...unrelated, ...ofOthers]) expect.soft(complaint({ [name]: 'x' }), name).toBe('');
  });

  test('no error message shows a password', () => {
    const secret = 'hunter2';
    const said = [
      complaint({ DB_PASSWORD: secret, WORKERS: 'x' }),
      complaint({ DB_PASWORD: secret }),
      complaint({ db_password: secret }),
      complaint({ DB_HOST: `root:${secret}@db` }),
      complaint({ BASE_URL: `http://qa:${secret}@shop` }),
      complaint({ BASE_URL: `http://:${secret}@shop` }),
    ];
    expect(said.filter((message) => message === '' || message.includes(secret))).toEqual([]);
  });

  test('variables that machines set for their own purposes, such as USER_ID, change nothing', () => {
    expect(parseSettings({ USER_ID: '1000', DB_POOL: '5', DB_HOME: '/srv/db', SPEED: '3' })).toEqual(parseSettings({}));
  });

  test('empty and blank values count as unset', () => {
    const names = [...wrong.map(({ name }) => name), 'DB_USER', 'DB_PASSWORD', 'BUNDLED_SHOP_URL', 'BUNDLED_SHOP_DB'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(parseSettings(empty)).toEqual(parseSettings({}));
    expect(parseSettings({ BASE_URL: ' ', WORKERS: '  ' })).toEqual(parseSettings({}));
  });

  test('started bundled shop is both the API and the database', () => {
    const started = { BUNDLED_SHOP_URL: 'http://127.0.0.1:4000', BUNDLED_SHOP_DB: '127.0.0.1:5000' };
    // User and database of another server do not apply to the private one.
    expect(parseSettings({ ...started, DB_NAME: 'shop', DB_USER: 'app', DB_PASSWORD: 'secret' })).toMatchObject({
      baseUrl: 'http://127.0.0.1:4000',
      usesBundledShop: true,
      database: { ...database, host: '127.0.0.1', port: 5000 },
    });
  });

  test('DB_HOST alone puts the bundled shop on that database', () => {
    const started = { BUNDLED_SHOP_URL: 'http://127.0.0.1:4000', BUNDLED_SHOP_DB: '127.0.0.1:5000' };
    expect(parseSettings({ DB_HOST: 'db' })).toMatchObject({ usesBundledShop: true, database });
    expect(parseSettings({ ...started, DB_HOST: 'db' })).toMatchObject({
      baseUrl: 'http://127.0.0.1:4000',
      usesBundledShop: true,
      database,
    });
  });

  test('BASE_URL wins over a bundled shop and has no database but its own', () => {
    const settings = parseSettings({
      BASE_URL: 'http://shop',
      BUNDLED_SHOP_URL: 'http://127.0.0.1:4000',
      BUNDLED_SHOP_DB: '127.0.0.1:5000',
    });
    expect(settings).toMatchObject({ baseUrl: 'http://shop', usesBundledShop: false });
    expect(settings).not.toHaveProperty('database');
    expect(parseSettings({ BASE_URL: 'http://shop', DB_HOST: 'db' })).toMatchObject({ database });
  });
});
