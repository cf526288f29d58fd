import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { test as base } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { checkTargetHere, runTargetCheck, writeProfile, type CheckRun } from '../support/runs/run-target-check.ts';

interface Fixtures {
  /** Checks an API that answers everything in one way, without a database, as `runTargetCheck` does unless said. */
  checkAnswering: (
    answer: RequestListener,
    options?: {
      profile?: string;
      environment?: Readonly<Record<string, string>>;
      run?: typeof checkTargetHere;
    },
  ) => Promise<CheckRun>;
}

const test = base.extend<Fixtures>({
  checkAnswering: async ({ baseURL }, use, testInfo) => {
    expect(baseURL).toBeUndefined();
    await use(async (answer, { profile, environment, run = runTargetCheck } = {}) => {
      const server = createServer(answer);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
      const target = profile && (await writeProfile(testInfo.outputPath('profile.ts'), profile));
      try {
        return await run({
          environment: { BASE_URL: url, ...(target && { TARGET: target }), ...environment },
          folder: testInfo.outputPath(),
        });
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  },
});

const stackTrace = /^\s+at .+:\d+:\d+/m;

/** Returns the misfits of a step, each with its suggestion. */
const misfitsOf = ({ report }: CheckRun, title: string): string[] =>
  (report?.steps ?? [])
    .filter((step) => step.title === title)
    .flatMap(({ misfits }) => misfits.map(({ problem, suggestion }) => `${problem}: ${suggestion}`));

/** Returns the failures of the API in a step. */
const failuresOf = ({ report }: CheckRun, title: string): string[] =>
  (report?.steps ?? [])
    .filter((step) => step.title === title)
    .flatMap(({ failures }) => failures.map(({ sentence }) => sentence));

/** An API whose health check answers with a web page and asks for a log-in that fails. */
const failingLogIn: RequestListener = ({ url }, response) => {
  if (url === '/health') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>fine</html>');
  else response.writeHead(503).end('no');
};

/** Answers everything but /health with 401 and repeats the credentials. */
const echo: RequestListener = ({ headers, url }, response) => {
  const status = url === '/health' ? 200 : 401;
  response.writeHead(status, { 'www-authenticate': 'Bearer', 'x-seen': headers.authorization ?? '' });
  const error = { code: 'AUTH', message: `no: ${headers.authorization ?? 'nothing'}`, headers };
  response.end(JSON.stringify(status === 200 ? { status: 'UP', headers } : error));
};

test.describe('target check of odd targets', () => {
  // Every run is a process of its own, and some tests need two.
  test.describe.configure({ timeout: 120_000 });

  test('unreachable API is reported once, and later steps are skipped', async ({ baseURL }, testInfo) => {
    expect(baseURL).toBeUndefined();
    const environment = { BASE_URL: 'http://127.0.0.1:9' };
    const run = await checkTargetHere({ environment, folder: testInfo.outputPath() });
    expect(run.exitCode, run.output).toBe(3);
    expect([run.report?.misfits, run.report?.failures]).toEqual([0, 1]);
    expect(failuresOf(run, 'reach the API')[0]).toMatch(/^no answer from http:\/\/127.0.0.1:9: .* is BASE_URL right\?/);
    expect(run.report?.steps[1]).toMatchObject({ outcome: 'not-reached', why: 'needs step 1 (reach the API)' });
    expect(run.output).not.toMatch(stackTrace);
  });

  test('unknown profile or missing token ends the check with exit code 2 and a sentence', async ({
    baseURL,
  }, testInfo) => {
    expect(baseURL).toBeUndefined();
    const folder = testInfo.outputPath();
    const unknown = await runTargetCheck({ environment: { TARGET: 'referense' }, folder });
    expect([unknown.exitCode, unknown.report]).toEqual([2, undefined]);
    expect(unknown.output).toContain('did you mean reference?');

    const target = await writeProfile(
      testInfo.outputPath('profile.ts'),
      "{ ...reference, authentication: { by: 'bearer-token' } }",
    );
    const withoutToken = await runTargetCheck({
      environment: { TARGET: target, BASE_URL: 'http://127.0.0.1:9' },
      folder,
    });
    expect(withoutToken.exitCode, withoutToken.output).toBe(2);
    expect(withoutToken.output).toContain('needs API_TOKEN, but it is not set');
    expect(withoutToken.output).not.toMatch(stackTrace);
  });

  test('401 answer is reported with the variable to set, and no secret is shown', async ({ checkAnswering }) => {
    const without = await checkAnswering(echo, { run: checkTargetHere });
    expect(misfitsOf(without, 'read a balance')[0]).toMatch(
      /401 AUTH, which asks for Bearer, and the profile has no authentication: say authentication: .*API_TOKEN/,
    );
    expect(without.report?.misfits).toBe(1);

    const canary = 'canary-4c1f"%secret';
    const run = await checkAnswering(echo, {
      profile: "{ ...reference, authentication: { by: 'bearer-token' } }",
      environment: { API_TOKEN: canary, DB_PASSWORD: `${canary}-db` },
    });
    expect(misfitsOf(run, 'read a balance')[0]).toContain('authenticates by bearer-token: check API_TOKEN');
    expect(run.files).toContain('(hidden)');
    for (const text of [run.output, run.files, without.output]) expect(text).not.toContain('4c1f');
  });

  test('500 answer to the log-in suggests no change of the authentication', async ({ checkAnswering }) => {
    const profile =
      "{ ...reference, authentication: { by: 'log-in', path: '/log-in', body: { id: '{userId}' }, token: 'token' } }";
    const environment = { API_PASSWORD: 'p', USER_IDS: '1-2' };
    const run = await checkAnswering(failingLogIn, { profile, environment, run: checkTargetHere });
    expect(failuresOf(run, 'read a balance')).toEqual([
      'the API failed: the log-in of user 1 (POST /log-in) was answered 503, without a token: not a matter of the profile; ' +
        'the scenarios will report it as server-error (major)',
    ]);
    expect([run.exitCode, run.report?.misfits]).toEqual([3, 0]);
    expect(run.report?.steps[0]?.notes.join()).toContain('the health check is a web page');
  });

  test('web page, redirect and control characters are no misfits and cause no suggestion or stack trace', async ({
    checkAnswering,
  }) => {
    const page = await checkAnswering(
      (_, response) => {
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<!doctype html><script>alert(1)</script>\u001b[2J');
      },
      { run: checkTargetHere },
    );
    expect(page.exitCode, page.output).toBe(3);
    expect(failuresOf(page, 'read a balance')[0]).toMatch(
      /was answered 200 with a web page, not JSON: nothing is concluded from it; .*is BASE_URL right/,
    );
    expect([page.report?.misfits, page.report?.corrections]).toEqual([0, []]);
    expect(page.output).not.toContain('\u001b');
    expect(page.output).not.toMatch(stackTrace);

    const moved = await checkAnswering(
      (_, response) => {
        response.writeHead(301, { location: 'https://elsewhere.example/' }).end();
      },
      { run: checkTargetHere },
    );
    expect(failuresOf(moved, 'reach the API')[0]).toContain('a redirect to https://elsewhere.example/');
    expect([moved.exitCode, moved.report?.misfits]).toEqual([3, 0]);
    expect(moved.output).not.toMatch(stackTrace);
  });
});
