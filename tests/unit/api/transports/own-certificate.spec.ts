import path from 'node:path';
import { expect } from '../../../../fixtures/expect.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { barePlaywrightTransport } from '../../../../helpers/api/transports/bare-playwright-transport.ts';
import { keepAliveTransport } from '../../../../helpers/api/transports/keep-alive-transport.ts';
import { newConnectionTransport } from '../../../../helpers/api/transports/new-connection-transport.ts';
import { poolTransport, type ClosableTransport } from '../../../../helpers/api/transports/pool-transport.ts';
import type { Transport } from '../../../../helpers/api/transports/transport.ts';
import { unusableAnswer } from '../../../../helpers/api/answers/unusable-answer.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { readCertificates } from '../../../../helpers/settings/certificates.ts';
import { startGateway } from '../../support/servers/gateway.ts';
import { test } from '../../support/servers/own-database.ts';
import { ownCertificate } from '../../support/servers/own-certificate.ts';
import { preflightHere } from '../../support/runs/preflight-here.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';
import { runScenarios, runSuite } from '../../support/runs/run-suite.ts';
import { checkTargetHere } from '../../support/runs/run-target-check.ts';
import { suiteEnvironment } from '../../support/runs/suite-environment.ts';

const timeoutMs = 5000;

/** Returns `ok`, or what is advised where no answer comes. */
const outcomeOver = async (transport: ClosableTransport | Transport): Promise<string> => {
  const exchange = await new ShopApi({ profile: reference, transport }).health();
  if ('close' in transport) await transport.close();
  return exchange.outcome === 'ok' ? 'ok' : (unusableAnswer(exchange)?.advice ?? '');
};

const outcomes = (url: string, ca?: string): Promise<string[]> =>
  Promise.all([
    outcomeOver(keepAliveTransport(url, timeoutMs, ca)),
    outcomeOver(poolTransport(url, timeoutMs, 1, ca)),
    outcomeOver(newConnectionTransport(url, timeoutMs, { ca })),
  ]);

test.describe('API with a certificate of its own', () => {
  test.describe.configure({ timeout: 120_000 });

  test('every client accepts the authority of API_CA_FILE, and without it names that setting', async ({
    database,
  }, testInfo) => {
    const certificate = ownCertificate(testInfo.outputPath('own'));
    const other = readCertificates(ownCertificate(testInfo.outputPath('other')).certificate)?.pem;
    const own = readCertificates(certificate.certificate)?.pem;
    const shop = await startShop({ database });
    const { url, close } = await startGateway(shop.url, { certificate });
    try {
      expect(await outcomes(url, own)).toEqual(['ok', 'ok', 'ok']);
      const ofPlaywright = await outcomeOver(await barePlaywrightTransport(url, timeoutMs));
      for (const refused of [...(await outcomes(url)), ...(await outcomes(url, other)), ofPlaywright]) {
        expect(refused).toMatch(/^No usual authority vouches .* set API_CA_FILE to .* NODE_EXTRA_CA_CERTS works too/);
      }
    } finally {
      close();
      await shop.close();
    }
  });

  test('scenarios, check and load run pass with API_CA_FILE, and are BLOCKED with its name without', async ({
    database,
  }, testInfo) => {
    const certificate = ownCertificate(testInfo.outputPath('own'));
    const shop = await startShop({ database });
    const { url, close } = await startGateway(shop.url, { certificate });
    const place = { folder: testInfo.outputPath('run'), url, database };
    const settings = { API_CA_FILE: path.relative(projectFolder, certificate.certificate) };
    try {
      // Cut connections, kept ones, and new ones.
      const run = await runScenarios(['client-disconnect', 'order-view'], { ...place, settings });
      expect(run.terminal).toMatch(/PASS: [1-9]\d* passed, 0 failed/);
      const check = await checkTargetHere({
        folder: testInfo.outputPath('check'),
        environment: { ...suiteEnvironment(place), ...settings },
      });
      expect(check.exitCode, check.output).toBe(0);
      const load = await runLoadHere(place, { ...settings, LOAD_PROFILE: 'smoke', LOAD_ITERATIONS: '5' });
      expect([load.verdict, load.reason]).toEqual(['PASS', expect.any(String)]);
      const playwright = await runSuite({
        ...{ ...place, folder: testInfo.outputPath('playwright') },
        settings: { ...settings, LOAD_PROFILE: 'smoke', LOAD_ITERATIONS: '5', LOAD_TRANSPORT: 'playwright' },
        options: ['--project=load', '--no-deps'],
      });
      expect(playwright.terminal).toContain('PASS: ');
      expect((await preflightHere(place, settings)).said).toBe('');
      expect((await preflightHere(place)).said).toMatch(
        /^BLOCKED: No API answers at https:\S+ \(self-signed certificate\)\. .*API_CA_FILE/,
      );
    } finally {
      close();
      await shop.close();
    }
  });
});
