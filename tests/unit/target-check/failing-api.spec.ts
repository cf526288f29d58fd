import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { isRecord, parseJson } from '../../../helpers/text/json.ts';
import { loadSettings } from '../../../helpers/settings/settings.ts';
import { startFront, type Change } from '../support/servers/front.ts';
import { checkTargetHere, type CheckRun } from '../support/runs/run-target-check.ts';
import { withShop } from '../support/servers/with-shop.ts';

interface Fixtures {
  /** Checks the bundled shop behind a proxy that changes its answers. */
  checkChanged: (change: Change) => Promise<CheckRun>;
}

const test = base.extend<Fixtures>({
  checkChanged: async ({ baseURL }, use, testInfo) => {
    expect(baseURL).toBeUndefined();
    const { database } = loadSettings();
    if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
    const name = `failing-api-${randomBytes(5).toString('hex')}`;
    await withShop(correctParts, name, database, (shop) =>
      use(async (change) => {
        const front = await startFront(shop.url, change);
        const { host, port, user, password, name } = shop.database;
        try {
          return await checkTargetHere({
            folder: testInfo.outputPath(),
            environment: {
              BASE_URL: front.url,
              ...{ DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_NAME: name },
            },
          });
        } finally {
          front.close();
        }
      }),
    );
  },
});

const internalError = { status: 500, body: '{"code":"E500","message":"NullPointerException"}' };

/** Returns a change that lets every request fail which is sent a second time, key and all. */
const failReplays = (): Change => {
  const seen = new Set<string>();
  return ({ method, path, sent }) => {
    const key = `${path} ${sent}`;
    const isReplay = method === 'POST' && seen.has(key);
    seen.add(key);
    return isReplay ? internalError : {};
  };
};

const failuresOf = ({ report }: CheckRun): string[] =>
  (report?.steps ?? []).flatMap(({ title, outcome, failures }) =>
    failures.map(({ kind }) => `${title}: ${outcome}, ${kind ?? ''}`),
  );

const withoutKey: Change = ({ method, sent }) => {
  const body = parseJson(sent);
  return method === 'POST' && isRecord(body) && body.idempotencyKey === undefined ? internalError : {};
};

test.describe('target check of an API that fails', () => {
  test.describe.configure({ timeout: 120_000 });

  test('500 answer to every replay is reported as an API failure, without a suggestion about the key', async ({
    checkChanged,
  }) => {
    const run = await checkChanged(failReplays());
    expect(failuresOf(run)).toEqual([
      'create the same order again: failed, server-error',
      'replay the payment: failed, server-error',
      'cancel another order: failed, server-error',
    ]);
    expect(run.output).toContain(
      'was answered 500 server-error (E500): {"code":"E500","message":"NullPointerException"}: not a matter of the profile; ' +
        'the scenarios will report it as server-error (major)',
    );
    expect(run.output).not.toContain('leave key out');
    expect(run.output).toContain('Failures of the API, which no change of the profile mends:');
    expect(run.output).toMatch(/steps fit.*: no misfit, but the API failed 3 times\n/);
    expect(run.files).toContain('No misfit between');
    expect(run.files).toContain('The API failed 3 times, which is no matter of the profile.');
    expect([run.exitCode, run.report?.misfits, run.report?.corrections]).toEqual([3, 0, []]);
  });

  test('500 answers to refused and keyless requests suggest no change of the profile', async ({ checkChanged }) => {
    const run = await checkChanged((passing) =>
      passing.status >= 400 && passing.path !== '/health' ? internalError : withoutKey(passing),
    );
    expect([run.report?.misfits, run.report?.corrections]).toEqual([0, []]);
    const failures = failuresOf(run);
    expect(failures).toContain('be refused: too little balance: failed, server-error');
    expect(failures).toContain('be refused: broken JSON: failed, server-error');
    expect(failures).toContain('pay without a key: failed, server-error');
    expect(failures).toContain('top up without a key: failed, server-error');
    expect(run.exitCode, run.output).toBe(3);
  });

  test('web page or redirect in place of an answer suggests no change of the profile', async ({ checkChanged }) => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Sign in</p>' };
    const run = await checkChanged(({ status, method, path }) => {
      if (status >= 400) return { status: 302, headers: { location: '/sign-in' }, body: '' };
      return method === 'POST' && /payment|balance/.test(path) ? page : {};
    });
    expect([run.report?.misfits, run.report?.corrections]).toEqual([0, []]);
    expect(run.output).toContain('a redirect to /sign-in: nothing is concluded from it');
    expect(run.output).toContain('was answered 200 with a web page, not JSON: nothing is concluded from it');
    expect(run.exitCode, run.output).toBe(3);
  });
});
