import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '../../../../fixtures/expect.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { faultNamed } from '../../../../fixtures/shops/reference/faults/all-faults.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { withCookiesOf } from '../../../../helpers/api/login/cookies.ts';
import { logIn } from '../../../../helpers/api/login/log-in.ts';
import type { SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { answer } from '../../support/servers/answering-api.ts';
import { findInOutputs } from '../../support/outputs/find-in-outputs.ts';
import { startGateway, type Arrival, type OwnAnswer } from '../../support/servers/gateway.ts';
import { test } from '../../support/servers/own-database.ts';
import { runScript } from '../../support/runs/scripted-faults.ts';
import { runScenarios } from '../../support/runs/run-suite.ts';
import { writeProfile } from '../../support/runs/run-target-check.ts';
import { sessionGateway, sessionPassword } from '../../support/servers/session-gateway.ts';
import { expectNothingFound, tryTarget } from '../../support/runs/try-target.ts';

const profile = `{
  ...reference,
  name: 'sessions',
  authentication: {
    by: 'log-in',
    path: '/login',
    encoding: 'form',
    body: { username: '{email}', password: '{password}' },
    csrf: { header: 'X-XSRF-TOKEN', cookie: 'XSRF-TOKEN', path: '/csrf' },
  },
  headers: { 'X-Tenant-Id': 'acme', 'X-Acting-User': 'user {userId}', 'X-Gateway-Key': { fromEnvironment: 'API_HEADER_GATEWAY' } },
}`;

const gatewayKey = 'gateway-key-7c1f5be2';

const settings = { API_PASSWORD: sessionPassword, API_HEADER_GATEWAY: gatewayKey };

/** Demands headers, a log-in among them, and of requests in the name of a user that user's own. */
const gateway = (): ((arrival: Arrival) => OwnAnswer | undefined) => {
  const session = sessionGateway();
  return (arrival) => {
    const { headers, method, path: asked, body } = arrival;
    if (headers['x-tenant-id'] !== 'acme' || headers['x-gateway-key'] !== gatewayKey) {
      return { status: 400, body: '{"message":"Required header X-Tenant-Id or X-Gateway-Key is missing"}' };
    }
    const acting = /"userId":(\d+)/.exec(body)?.[1];
    if (
      method === 'POST' &&
      asked === '/api/orders' &&
      acting !== undefined &&
      headers['x-acting-user'] !== `user ${acting}`
    ) {
      return { status: 400, body: '{"message":"Required header X-Acting-User is missing"}' };
    }
    return session(arrival);
  };
};

test.describe('log-in', () => {
  test.describe.configure({ timeout: 120_000 });

  test('by cookies with a CSRF token, behind a gateway that demands headers, passes every kind of run', async ({
    database,
  }, testInfo) => {
    const shop = await startShop({ database });
    const { url, close } = await startGateway(shop.url, { answer: gateway() });
    const TARGET = await writeProfile(testInfo.outputPath('sessions.ts'), profile);
    const folder = testInfo.outputPath('run');
    try {
      const scenarios = ['order-view', 'client-disconnect', 'payment-replay'];
      expectNothingFound(await tryTarget({ folder, url, database, settings: { ...settings, TARGET }, scenarios }));
      expect(findInOutputs([folder], [gatewayKey, sessionPassword]).found).toEqual([]);
    } finally {
      close();
      await shop.close();
    }
  });

  test('is repeated when sessions end during a run', async ({ database }, testInfo) => {
    const shop = await startShop({ database });
    const arrivals: Arrival[] = [];
    const session = sessionGateway({ endsAfter: 5 });
    const answering = (arrival: Arrival) => {
      arrivals.push(arrival);
      return session(arrival);
    };
    const { url, close } = await startGateway(shop.url, { answer: answering });
    const TARGET = await writeProfile(testInfo.outputPath('sessions.ts'), profile);
    const folder = testInfo.outputPath('run');
    try {
      expectNothingFound(
        await tryTarget({ folder, url, database, settings: { ...settings, TARGET }, scenarios: ['payment-replay'] }),
      );
      const logIns = arrivals
        .filter(({ path: asked }) => asked === '/login')
        .map(({ body }) => new URLSearchParams(body).get('username'));
      expect(logIns.length).toBeGreaterThan(new Set(logIns).size);
    } finally {
      close();
      await shop.close();
    }
  });

  test('by cookies is done by the script of a finding, too, with its headers', async ({ database }, testInfo) => {
    const shop = await startShop({ database, parts: faultNamed('order-created-200').apply(correctParts) });
    const { url, close } = await startGateway(shop.url, { answer: gateway() });
    const TARGET = await writeProfile(testInfo.outputPath('sessions.ts'), profile);
    const folder = testInfo.outputPath('run');
    try {
      await runScenarios(['answer-schema', '-g', 'refused payments and orders answer JSON'], {
        folder,
        url,
        database,
        settings: { ...settings, TARGET },
      });
      const found = path.join(folder, 'findings');
      const scripts = readdirSync(found, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sh'));
      expect(scripts).toHaveLength(1);
      const script = readFileSync(path.join(found, scripts[0] ?? ''), 'utf8');
      expect(script).not.toContain(gatewayKey);
      const shown = await runScript(script, folder, 'shown', { url, database }, settings);
      expect(shown.exitCode, shown.output).toBe(1);
      const refused = await runScript(
        script,
        folder,
        'refused',
        { url, database },
        { ...settings, API_PASSWORD: 'no' },
      );
      expect(refused.exitCode, refused.output).toBe(2);
    } finally {
      close();
      await shop.close();
    }
  });

  test('token against forged requests is taken from the answer to the log-in where it gives one', async () => {
    const sent: SentRequest[] = [];
    const headers = await logIn(7, {
      form: { by: 'log-in', path: '/in', body: { id: '{userId}' }, csrf: { header: 'X-CSRF', field: 'data.csrf' } },
      transport: {
        send: (request) => {
          sent.push(request);
          return Promise.resolve({
            ...answer(200, { data: { csrf: 'abc' } }),
            headers: { 'set-cookie': 'sid=1; Path=/, theme=; Max-Age=0' },
          });
        },
      },
      headers: { 'x-tenant-id': 'acme' },
      values: { userId: 7 },
    });
    expect(headers).toEqual({ cookie: 'sid=1', 'X-CSRF': 'abc' });
    expect(sent.map(({ body, headers: { 'x-tenant-id': tenant } }) => [body, tenant])).toEqual([['{"id":7}', 'acme']]);
  });

  test('that sets no cookie, or gives no token, says how it was answered', async () => {
    const failing = (form: { readonly csrf?: { header: string; cookie: string; path: string } }, status: number) =>
      logIn(7, {
        form: { by: 'log-in', path: '/in', body: {}, ...form },
        transport: { send: () => Promise.resolve(answer(status)) },
        ...{ headers: {}, values: {} },
      });
    await expect(failing({}, 200)).rejects.toThrow(
      'the log-in of user 7 (POST /in) was answered 200, without a cookie',
    );
    await expect(failing({ csrf: { header: 'X', cookie: 'T', path: '/csrf' } }, 404)).rejects.toThrow(
      'the log-in of user 7 (GET /csrf) was answered 404, without a cookie T',
    );
  });

  test('whose token is elsewhere in the answer says where', async () => {
    const failing = (body: unknown) =>
      logIn(7, {
        form: { by: 'log-in', path: '/in', body: {}, token: 'accessToken' },
        transport: { send: () => Promise.resolve(answer(200, body)) },
        ...{ headers: {}, values: {} },
      });
    await expect(failing({ success: true, data: { user: 'Ann', accessToken: 'secret' } })).rejects.toThrow(
      /without a accessToken; it has data\.accessToken$/,
    );
    await expect(failing({ data: { accessToken: 7 } })).rejects.toThrow(/without a accessToken$/);
  });

  test('cookies are taken one by one, and removed where an answer removes them', () => {
    const first = withCookiesOf(
      { ...answer(200), headers: { 'set-cookie': 'a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT, b=x=y; HttpOnly\nc=3' } },
      new Map(),
    );
    expect([...first]).toEqual([
      ['a', '1'],
      ['b', 'x=y'],
      ['c', '3'],
    ]);
    const second = withCookiesOf({ ...answer(200), headers: { 'set-cookie': 'b=; Path=/, c=9; Max-Age=0' } }, first);
    expect([...second]).toEqual([['a', '1']]);
  });
});
