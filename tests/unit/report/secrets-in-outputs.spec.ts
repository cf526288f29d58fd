import path from 'node:path';
import { expect, test } from '@playwright/test';
import { isRecord, parseJson } from '../../../helpers/text/json.ts';
import { bundledShop, withRowsOnlyUser } from '../support/servers/database-user.ts';
import { findInOutputs } from '../support/outputs/find-in-outputs.ts';
import { startFront, type Change, type Front } from '../support/servers/front.ts';
import { grepFor } from '../support/outputs/grep-for.ts';
import { runSuite } from '../support/runs/run-suite.ts';

// With characters that are escaped in JSON, HTML, URLs and Base64.
const token = 'canary-Token/+<&>"%=7f3a';
const password = 'canary-Password/+<&>"%=9c1d';
const databasePassword = 'canary-Database/+<&>"%=2b8e';
const sessionOf = (userId: unknown): string => `canary-Session/+%=${String(userId)}`;

/** Repeats every secret in every part of an answer; of every 5 orders, the payment of 1 fails and of 1 is refused. */
const echoing = (seen: Set<string>): Change => {
  const paid: string[] = [];
  return ({ method, path: place, headers, sent, status, body }) => {
    const asked = parseJson(sent);
    if (place === '/auth/login' && isRecord(asked)) {
      seen.add(String(asked.password));
      return { status: 200, body: JSON.stringify({ accessToken: sessionOf(asked.user) }) };
    }
    const { authorization = 'nothing' } = headers;
    seen.add(authorization);
    const told = `${authorization} ${token} ${password} ${databasePassword}`;
    const json = parseJson(body);
    const echo = isRecord(json) ? { ...json, message: `${String(json.message)} ${told}`, debug: { told } } : { told };
    const headersToo = { 'x-echo': told };
    const isPayment = method === 'POST' && place.endsWith('/payment');
    if (isPayment && !paid.includes(place)) paid.push(place);
    if (isPayment && paid.indexOf(place) % 5 === 0) {
      return { status: 500, headers: headersToo, body: `<html><pre>${told}</pre></html>` };
    }
    if (isPayment && paid.indexOf(place) % 5 === 1) {
      return { status: 409, headers: headersToo, body: JSON.stringify({ code: told, message: told }) };
    }
    const named = 'orderNumber' in echo ? { orderNumber: told, status: told } : {};
    return { status, headers: headersToo, body: JSON.stringify({ ...echo, ...(status > 299 ? {} : named) }) };
  };
};

// Few, since each scenario that fails costs a run a new worker process. Together they make every call, judge answers with
// matchers of all kinds and look into the database.
const allKinds = ['order-and-top-up-replay.*replayed top-up', 'order-view', 'order-then-pay.*GET product'];
const failingMatcherAndCall = ['order-view.*(each of 2 orders|of a paid order)'];

test.describe('secrets in outputs', () => {
  test.describe.configure({ timeout: 300_000 });

  const secrets = ['canary-Token/+<&>"%=', 'canary-Password/+<&>"%=', 'canary-Database/+<&>"%=', 'canary-Session/+%='];
  const settings = { API_TOKEN: token, API_PASSWORD: password };
  let front: Front;
  let seen: Set<string>;

  test.beforeEach(async () => {
    seen = new Set();
    front = await startFront(bundledShop().url, echoing(seen));
  });

  test.afterEach(() => {
    front.close();
  });

  for (const { target, proof, scenarios } of [
    { target: 'bearer-token', proof: `Bearer ${token}`, scenarios: allKinds },
    { target: 'log-in', proof: password, scenarios: failingMatcherAndCall },
  ]) {
    test(`secrets echoed by a target with ${target} authentication reach no report, log, trace or error`, async ({}, testInfo) => {
      const folder = path.join(testInfo.outputDir, 'run');
      const { terminal } = await withRowsOnlyUser(bundledShop().database, databasePassword, (database) =>
        runSuite({
          folder,
          url: front.url,
          database,
          settings: {
            ...settings,
            TARGET: `tests/unit/support/servers/${target}-target.ts`,
            LOAD_PROFILE: 'smoke',
            LOAD_VUS: '2',
            LOAD_ITERATIONS: '10',
            LOAD_PAUSE_MS: '0',
          },
          options: [
            '--trace=on',
            ...['preflight', 'scenarios', 'load'].map((project) => `--project=${project}`),
            grepFor('preflight', ...scenarios, 'load.spec', 'verdict.spec'),
          ],
        }),
      );
      expect(seen, 'they were sent').toContain(proof);
      expect(terminal).toMatch(/FAIL: \d+ passed, [1-9]\d* failed/);
      expect(terminal).toContain('(hidden)');
      const { found, files, bytes } = findInOutputs([folder], secrets);
      testInfo.annotations.push({ type: 'searched', description: `${files} files, ${bytes} bytes` });
      expect(found).toEqual([]);
      const control = findInOutputs([folder], ['(hidden)']);
      for (const output of ['terminal.txt', 'html', 'junit.xml', 'results', 'load-report', 'trace.zip'])
        expect.soft(control.found.join('\n'), output).toContain(output);
    });
  }

  test('secrets echoed by a target reach no output of the line, json, blob and github reporters', async ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'run');
    await withRowsOnlyUser(bundledShop().database, databasePassword, (database) =>
      runSuite({
        folder,
        url: front.url,
        database,
        settings: { ...settings, TARGET: 'tests/unit/support/servers/bearer-token-target.ts' },
        options: [
          ...['--project=preflight', '--project=scenarios', '--trace=on'],
          '--reporter=line,json,blob,github,./helpers/report/outcome-reporter.ts',
          grepFor('preflight', ...failingMatcherAndCall),
        ],
      }),
    );
    const places = findInOutputs([folder], ['(hidden)']).found.join('\n');
    for (const output of ['terminal.txt', 'report.json', 'blob', 'outcome.json', 'trace.zip'])
      expect.soft(places, output).toContain(output);
    const { found, files, bytes } = findInOutputs([folder], secrets);
    testInfo.annotations.push({ type: 'searched', description: `${files} files, ${bytes} bytes` });
    expect(found).toEqual([]);
  });

  test('password that the database refuses is shown in no output', async ({}, testInfo) => {
    const folder = path.join(testInfo.outputDir, 'run');
    const { database } = bundledShop();
    const { terminal } = await runSuite({
      folder,
      url: front.url,
      database: { ...database, password: databasePassword },
      settings: { ...settings, TARGET: 'tests/unit/support/servers/bearer-token-target.ts' },
      options: ['--trace=on', '--project=preflight', '--project=scenarios', 'preflight', 'order-then-pay'],
    });
    expect(terminal).toMatch(/refused user root for database .* Are DB_USER, DB_PASSWORD and DB_NAME right\?/);
    expect(terminal).toMatch(/BLOCKED: 0 passed/);
    const { found, files, bytes } = findInOutputs([folder], secrets);
    testInfo.annotations.push({ type: 'searched', description: `${files} files, ${bytes} bytes` });
    expect(found).toEqual([]);
  });
});
