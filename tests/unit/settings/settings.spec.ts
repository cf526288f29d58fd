import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { parseSettings } from '../../../helpers/settings/settings.ts';

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
