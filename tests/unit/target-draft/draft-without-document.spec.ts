import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { test as base } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { loadSettings, type DatabaseSettings } from '../../../helpers/settings/settings.ts';
import { draftTargetHere } from '../support/runs/draft-target-here.ts';
import { startFront } from '../support/servers/front.ts';
import { runCommand } from '../support/runs/run-command.ts';
import { probeHealth } from '../../../helpers/target-draft/document/probe-usual-paths.ts';
import { UserError } from '../../../helpers/text/user-error.ts';
import { withShop } from '../support/servers/with-shop.ts';

interface Shop {
  readonly url: string;
  readonly database: DatabaseSettings;
}

const test = base.extend<{ withBundledShop: (work: (shop: Shop) => Promise<void>) => Promise<void> }>({
  withBundledShop: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const { database } = loadSettings();
    if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
    await use((work) => withShop(correctParts, `recorded-${randomBytes(4).toString('hex')}`, database, work));
  },
});

/** Records calls as a browser does. */
const record = async (url: string, calls: readonly (readonly [method: string, path: string, sent?: unknown])[]) => {
  const entries: unknown[] = [];
  for (const [method, path, sent] of calls) {
    const text = sent === undefined ? undefined : JSON.stringify(sent);
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(text !== undefined && { body: text }),
    });
    entries.push({
      request: { method, url: `${url}${path}`, headers: [], ...(text !== undefined && { postData: { text } }) },
      response: { status: response.status, content: { text: await response.text() } },
    });
  }
  return { log: { entries } };
};

test.describe('health check outside the document', () => {
  const answers = (known: Readonly<Record<string, { readonly status: number; readonly body: string }>>) => ({
    get: (asked: string) => Promise.resolve(known[asked] ?? { status: 404, body: '{}' }),
    signal: new AbortController().signal,
  });

  test('health check of a framework is found, in JSON or in plain text', async () => {
    const up = { status: 200, body: '{"status":"UP"}' };
    expect(await probeHealth(answers({ '/actuator/health': up }))).toMatchObject({
      ...{ method: 'GET', path: '/actuator/health', success: 200 },
    });
    expect(await probeHealth(answers({ '/api/healthz': { status: 200, body: 'ok' } }))).toMatchObject({
      path: '/api/healthz',
    });
  });

  test('web page and refusal are not taken for a health check', async () => {
    const page = { status: 200, body: '<!doctype html><title>Shop</title>' };
    expect(await probeHealth(answers({ '/health': page, '/ping': { status: 401, body: '{}' } }))).toBeUndefined();
  });
});

test.describe('draft without a document', () => {
  test.describe.configure({ timeout: 120_000 });

  test('recording of one order and its payment becomes a profile, and what it lacks comes from the reference', async ({
    withBundledShop,
  }, testInfo) => {
    await withBundledShop(async ({ url, database }) => {
      const har = testInfo.outputPath('session.har');
      const session = await record(url, [
        ['GET', '/health'],
        ['GET', '/api/users/1/balance'],
        ['GET', '/api/products/1'],
        ['POST', '/api/orders', { userId: 1, items: [{ productId: 1, quantity: 1 }], idempotencyKey: 'one' }],
        ['GET', '/api/orders/1'],
        ['POST', '/api/orders/1/payment', { userId: 1, idempotencyKey: 'two' }],
      ]);
      writeFileSync(har, JSON.stringify(session));
      const { exitCode, output, profile } = await draftTargetHere({
        url,
        database,
        har,
        folder: testInfo.outputPath(),
      });
      expect(exitCode, output).toBe(0);
      const { createOrder, pay, getOrder } = profile.endpoints;
      expect(createOrder).toEqual(reference.endpoints.createOrder);
      expect({ ...pay, body: undefined }).toEqual({ ...reference.endpoints.pay, body: undefined });
      expect(getOrder).toEqual(reference.endpoints.getOrder);
      expect(profile.refusals.balance).toEqual(reference.refusals.balance);
      expect(output).toContain('endpoints.cancelOrder: { notOffered');
    });
  });

  test('without document and recording, common paths are requested with GET alone', async ({
    withBundledShop,
  }, testInfo) => {
    await withBundledShop(async ({ url, database }) => {
      const methods = new Set<string>();
      const front = await startFront(url, ({ method, path }) => {
        methods.add(method);
        return path.startsWith('/docs') ? { status: 404, body: '' } : {};
      });
      try {
        const { exitCode, output, profile } = await draftTargetHere({
          ...{ url: front.url, database, folder: testInfo.outputPath() },
        });
        expect(exitCode).toBe(1);
        expect([...methods]).toEqual(['GET']);
        expect(output).toContain('npm run target:check');
        expect(profile.endpoints.getBalance).toEqual(reference.endpoints.getBalance);
        expect(profile.endpoints.getProduct).toEqual(reference.endpoints.getProduct);
        expect(profile.refusals.balance.codes).toEqual([]);
      } finally {
        front.close();
      }
    });
  });

  test('document at a common path is found, an existing profile is kept, and Ctrl-C writes nothing', async ({
    withBundledShop,
  }) => {
    await withBundledShop(async ({ url, database: { host, port, user, password, name } }) => {
      const environment = {
        ...{ BASE_URL: url, DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_NAME: name },
      };
      const kept = await runCommand('target-draft', ['--name', 'reference'], environment);
      expect(kept).toMatchObject({ exitCode: 2 });
      expect(kept.output).toContain('reference.ts exists: choose another --name, or replace it with --force');
      const file = 'never-written-by-a-test';
      const stopped = await runCommand('target-draft', ['--name', file], environment, async (child) => {
        await new Promise<void>((resolve) => {
          child.stdout?.on('data', (data: Buffer) => {
            if (!data.toString().includes('found a document')) return;
            child.kill('SIGINT');
            resolve();
          });
        });
      });
      expect(stopped.output).toContain(`found a document: ${url}/docs/json`);
      expect(stopped).toMatchObject({ exitCode: 130 });
      expect(existsSync(`helpers/profile/targets/${file}.ts`)).toBe(false);
    });
  });

  for (const [what, options, environment, sentence] of [
    ['missing BASE_URL', [], {}, 'BASE_URL is not set'],
    ['unknown option', ['--opanapi', 'x'], { BASE_URL: 'http://127.0.0.1:9' }, '--opanapi'],
  ] as const) {
    test(`${what} is refused with one sentence and exit code 2`, async () => {
      const { exitCode, output } = await runCommand('target-draft', options, environment);
      expect(output).toContain(sentence);
      expect(output).not.toContain('    at ');
      expect(exitCode).toBe(2);
    });
  }

  for (const [what, options, sentence] of [
    ['name with a slash', { name: '../shop' }, 'make a name, as in my-shop'],
    ['HAR file that does not exist', { har: 'none.har' }, 'none.har cannot be read'],
  ] as const) {
    test(`${what} is refused with one sentence`, async ({}, testInfo) => {
      const draft = draftTargetHere({ url: 'http://127.0.0.1:9', folder: testInfo.outputPath(), ...options });
      await expect(draft).rejects.toThrow(UserError);
      await expect(draft).rejects.toThrow(sentence);
    });
  }
});
