import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import type { RowDataPacket } from 'mysql2/promise';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { schema } from '../../../fixtures/shops/reference/database/schema.ts';
import { connectDatabase } from '../../../helpers/database/connection/database-connection.ts';
import { withShop } from '../support/servers/with-shop.ts';
import { loadSettings, type DatabaseSettings } from '../../../helpers/settings/settings.ts';
import { applyCorrection } from '../../../helpers/target-check/judge/apply-correction.ts';
import { literal } from '../../../helpers/target-check/judge/misfit.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { startDialectFront } from '../support/servers/dialect-front.ts';
import { startFront } from '../support/servers/front.ts';
import { checkTargetHere, runTargetCheck, writeProfile, type CheckRun } from '../support/runs/run-target-check.ts';

interface Shop {
  readonly url: string;
  readonly database: DatabaseSettings;
}

interface Fixtures {
  /** The bundled shop, with a database of the test's own. */
  shop: Shop;
  /** Checks it, or something in front of it, with a profile: within this process, or by `npm run target:check`. */
  check: (options?: { url?: string; profile?: string; by?: 'command'; interruptAt?: string }) => Promise<CheckRun>;
  /** Counts the rows of each table. */
  countRows: () => Promise<Readonly<Record<string, number>>>;
}

const test = base.extend<Fixtures>({
  shop: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database } = loadSettings();
    if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
    await withShop(correctParts, `target-check-${randomBytes(5).toString('hex')}`, database, (shop) => use(shop));
  },
  check: async ({ shop }, use, testInfo) => {
    let runs = 0;
    await use(async ({ url = shop.url, profile, by, interruptAt } = {}) => {
      const folder = testInfo.outputPath(`check-${(runs += 1)}`);
      const target = profile && (await writeProfile(`${folder}/profile.ts`, profile));
      const { host, port, user, password, name } = shop.database;
      const database = { DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_NAME: name };
      const environment = { BASE_URL: url, ...database, ...(target && { TARGET: target }) };
      return by === 'command'
        ? runTargetCheck({ environment, folder, ...(interruptAt !== undefined && { interruptAt }) })
        : checkTargetHere({ environment, folder });
    });
  },
  countRows: async ({ shop }, use) => {
    const pool = await connectDatabase(shop.database, 1);
    await use(async () => {
      const counts: Record<string, number> = {};
      for (const table of Object.keys(schema)) {
        const [rows] = await pool.query<(RowDataPacket & { n: number })[]>('SELECT COUNT(*) AS n FROM ??', [table]);
        counts[table] = rows[0]?.n ?? NaN;
      }
      return counts;
    });
    await pool.end();
  },
});

/** Returns each misfit as line, text and suggestion. */
const misfitsOf = ({ report }: CheckRun): string[] =>
  (report?.steps ?? []).flatMap(({ misfits }) =>
    misfits.map(({ place, suggestion }) => `${place?.line ?? ''} ${place?.text ?? ''} → ${suggestion}`),
  );

const titlesOf = ({ report }: CheckRun, outcome: string): string[] =>
  (report?.steps ?? []).filter((step) => step.outcome === outcome).map(({ title }) => title);

test.describe('target check', () => {
  // Every run is a process of its own, and some tests need two.
  test.describe.configure({ timeout: 120_000 });

  test('fitting profile passes all steps, and the tables are as before', async ({ check, countRows }) => {
    const before = await countRows();
    const run = await check({ by: 'command' });
    expect(run.exitCode, run.output).toBe(0);
    expect(titlesOf(run, 'not-applicable')).toEqual(['be refused: still in progress']);
    expect([...titlesOf(run, 'misfit'), ...titlesOf(run, 'not-reached')]).toEqual([]);
    expect(run.output).toContain('POST /api/orders  {"userId":');
    expect(run.output).toContain('the profile fits');
    expect(run.files).toContain('| 6 | create an order | ✓ |');
    expect(await countRows()).toEqual(before);
  });

  test('all misfits of a wrong profile are reported in one run, each with line and correction', async ({
    check,
    countRows,
  }) => {
    const before = await countRows();
    const run = await check({
      profile: `{
  ...reference,
  name: 'wrong',
  ids: { ...reference.ids, order: 'string' },
  endpoints: {
    ...reference.endpoints,
    getBalance: { ...reference.endpoints.getBalance, answer: { userId: 'user_id', balance: 'data.balance' } },
    createOrder: {
      ...reference.endpoints.createOrder,
      success: 200,
      answer: { orderId: 'id', totalAmount: 'total' },
    },
    pay: {
      ...reference.endpoints.pay,
      key: { in: 'header', name: 'Idempotency-Key' },
      answer: { orderId: 'orderId', paidAmount: 'amount' },
    },
  },
  errors: { code: 'error.code', message: 'detail' },
  refusals: {
    ...reference.refusals,
    balance: { status: 402, codes: ['NO_MONEY'] },
    stock: { status: 422, codes: ['P002'] },
  },
  policies: {
    ...reference.policies,
    replay: { paymentStatus: 208, orderStatus: 201, chargeStatus: 200, header: { name: 'X-Replay', value: '1' }, body: 'bytes' },
    stockIsTakenAt: 'order',
    stockIsCheckedAt: 'payment',
    key: { ...reference.policies.key, requiredFor: ['createOrder', 'pay', 'chargeBalance'] },
  },
}`,
    });
    expect(run.exitCode, run.output).toBe(1);
    expect(misfitsOf(run)).toEqual([
      "11 userId: 'user_id' → say userId: 'userId'",
      "11 balance: 'data.balance' → say balance: 'balance'",
      '14 success: 200 → say success: 201',
      "15 orderId: 'id' → say orderId: 'orderId'",
      "8 order: 'string' → say order: 'number'",
      "15 totalAmount: 'total' → say totalAmount: 'totalAmount'",
      "32 stockIsTakenAt: 'order' → say stockIsTakenAt: 'payment'",
      "31 header: { name: 'X-Replay', value: '1' } → say header: { name: 'idempotent-replayed', value: 'true' }",
      "19 key: { in: 'header', name: 'Idempotency-Key' } → say key: { in: 'body', name: 'idempotencyKey' }",
      "20 paidAmount: 'amount' → say paidAmount: 'paidAmount'",
      '31 paymentStatus: 208 → say paymentStatus: 200',
      "23 code: 'error.code' → say code: 'code'",
      "23 message: 'detail' → say message: 'message'",
      "26 balance: { status: 402, codes: ['NO_MONEY'] } → say balance: { status: 409, codes: ['PAY001'] }",
      '27 status: 422 → say status: 409',
      "33 stockIsCheckedAt: 'payment' → say stockIsCheckedAt: 'order'",
      "34 requiredFor: ['createOrder', 'pay', 'chargeBalance'] → say requiredFor: ['pay', 'chargeBalance']",
    ]);
    expect(await countRows()).toEqual(before);
  });

  test('suggestions for a shop with other names and forms make the profile fit', async ({ shop, check, countRows }) => {
    const before = await countRows();
    const front = await startDialectFront(shop.url);
    try {
      const first = await check({ url: front.url });
      expect(first.exitCode, first.output).toBe(1);
      expect(titlesOf(first, 'not-reached')).toEqual([]);

      const suggested = (first.report?.corrections ?? []).reduce(
        (profile, { property, value }) => applyCorrection(profile, { property, value }),
        structuredClone(reference),
      );
      const uncorrected = (first.report?.steps ?? []).flatMap(({ misfits }) =>
        misfits.filter(({ suggestion }) => !/^(?:say|leave out) /.test(suggestion)).map(({ place }) => place?.text),
      );
      expect(uncorrected).toEqual(["path: '/api/products/{productId}'"]);
      const endpoints = `{ ...${literal(suggested.endpoints)}, getProduct: notOffered('no products here') }`;

      const second = await check({ url: front.url, profile: `{ ...${literal(suggested)}, endpoints: ${endpoints} }` });
      expect(second.exitCode, second.output).toBe(0);
      expect(await countRows()).toEqual(before);
    } finally {
      front.close();
    }
  });

  test('balance cache is detected with its duration', async ({ shop, check }) => {
    const front = await startDialectFront(shop.url, 1500);
    try {
      const run = await check({ url: front.url });
      const [step] = (run.report?.steps ?? []).filter(({ title }) => title.startsWith('the same balance'));
      expect(step?.misfits.map(({ suggestion }) => suggestion)).toEqual(['say balancesAreCachedForMs: 2000']);
    } finally {
      front.close();
    }
  });

  test('cache of 5 minutes is not waited for, and is a misfit unless the profile declares it', async ({
    shop,
    check,
  }) => {
    const shown = new Map<string, string>();
    const front = await startFront(shop.url, ({ path, status, body }) => {
      if (!path.endsWith('/balance') || status !== 200) return {};
      if (!shown.has(path)) shown.set(path, body);
      return { body: shown.get(path) ?? body };
    });
    try {
      const undeclared = await check({ url: front.url });
      expect(misfitsOf(undeclared)).toEqual([
        expect.stringContaining('the target caches balances: say for how long, or turn the cache off for tests'),
      ]);
      expect(undeclared.output).toContain('waiting for at most 10 s until a changed balance is shown');
      const policies = '{ ...reference.policies, balancesAreCachedForMs: 300_000 }';
      const declared = await check({ url: front.url, profile: `{ ...reference, policies: ${policies} }` });
      expect(misfitsOf(declared)).toEqual([]);
      expect(declared.exitCode, declared.output).toBe(0);
    } finally {
      front.close();
    }
  });

  test('refusals without the required and available amounts are detected', async ({ shop, check }) => {
    const front = await startFront(shop.url, ({ status, body }) =>
      status === 409 ? { body: body.replace(/ \([^()]*:[^()]*\)/, '') } : {},
    );
    try {
      const profile = '{ ...reference, policies: { ...reference.policies, refusalsStateAmounts: true } }';
      const run = await check({ url: front.url, profile });
      const steps = (run.report?.steps ?? []).filter(({ title }) => title.startsWith('be refused: too little'));
      expect(steps.map(({ misfits }) => misfits.map(({ problem, suggestion }) => `${problem}: ${suggestion}`))).toEqual(
        [['the refusal does not state the required and available amount: say refusalsStateAmounts: false'], []],
      );
    } finally {
      front.close();
    }
  });

  test('missing tables and columns are reported with the nearest names, and nothing is written', async ({
    check,
    countRows,
  }) => {
    const before = await countRows();
    const run = await check({
      profile: `{
  ...reference,
  tables: {
    ...reference.tables,
    balances: { table: 'user_balances', userId: 'user_id', balance: 'balance' },
    products: { table: 'products', id: 'product_id', name: 'name', price: 'unit_price', stock: 'stock' },
    orders: { ...reference.tables.orders, total: 'total' },
  },
}`,
    });
    expect(run.exitCode, run.output).toBe(1);
    expect(misfitsOf(run)).toEqual([
      "9 table: 'user_balances' → say table: 'user_balance'",
      "10 id: 'product_id' → say id: 'id'",
      "10 price: 'unit_price' → say price: 'price'",
      "11 total: 'total' → say total: 'total_amount'",
    ]);
    expect(titlesOf(run, 'not-reached')).toContain('create an order');
    expect(run.output).toContain('not reached, needs step 3 (find the tables in the database)');
    expect(run.output).not.toContain('POST');
    expect(await countRows()).toEqual(before);
  });

  test('Ctrl-C during the check restores the tables', async ({ check, countRows }) => {
    const before = await countRows();
    const run = await check({ by: 'command', interruptAt: 'pay the order' });
    expect(run.exitCode, run.output).toBe(130);
    expect(run.report?.interrupted).toBe(true);
    expect(run.output).toContain('put everything back');
    expect(titlesOf(run, 'fits').length).toBeLessThan(25);
    expect(await countRows()).toEqual(before);
  });
});
