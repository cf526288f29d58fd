import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { RowDataPacket } from 'mysql2/promise';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { faultNamed } from '../../../../fixtures/shops/reference/faults/all-faults.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { tlsOptions } from '../../../../helpers/database/connection/tls-options.ts';
import { parseSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { startGateway } from '../../support/servers/gateway.ts';
import { withServer } from '../../support/servers/odd-server.ts';
import { ownCertificate } from '../../support/servers/own-certificate.ts';
import { preflightHere } from '../../support/runs/preflight-here.ts';
import { runScript } from '../../support/runs/scripted-faults.ts';
import { runScenarios } from '../../support/runs/run-suite.ts';

/** Returns the settings of a database as a user gives them. */
const given = (database: DatabaseSettings, more: Readonly<Record<string, string>>): DatabaseSettings => {
  const { host, port, user, password, name } = database;
  const settings = parseSettings({
    ...{ BASE_URL: 'http://127.0.0.1', DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password },
    ...{ DB_NAME: name, ...more },
  });
  if (!settings.database) throw new Error('DB_HOST names a database.');
  return settings.database;
};

/** Returns what is said where a database cannot be used; the cipher where it can. */
const outcome = async (database: DatabaseSettings): Promise<string> => {
  try {
    const pool = await connectDatabase(database, 1);
    const [rows] = await pool.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
    await pool.end();
    return `cipher ${String(rows[0]?.Value)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test.describe('database over TLS', () => {
  test('server that demands TLS is used with it, and its refusal names the settings and not the password', async ({}, testInfo) => {
    const { certificate, key } = ownCertificate(testInfo.outputPath('server'));
    const other = ownCertificate(testInfo.outputPath('other'));
    const statements = [
      "CREATE USER 'app'@'127.0.0.1' IDENTIFIED BY 'Pass-1234'",
      "GRANT ALL ON ecommerce.* TO 'app'@'127.0.0.1'",
      'SET GLOBAL require_secure_transport = ON',
    ];
    await withServer([`--ssl-cert=${certificate}`, `--ssl-key=${key}`], statements, async (server) => {
      const app = { ...server, user: 'app', password: 'Pass-1234' };
      for (const DB_SSL of ['true', 'required']) expect(await outcome(given(app, { DB_SSL }))).toMatch(/^cipher TLS/);
      expect(await outcome(given(app, { DB_SSL_CA: certificate }))).toMatch(/^cipher TLS/);
      for (const plain of [given(app, {}), given(app, { DB_SSL: 'false' })]) {
        expect(await outcome(plain)).toMatch(
          /accepts connections over TLS alone. Set DB_SSL=required; with DB_SSL_CA,/,
        );
      }
      expect(await outcome(given({ ...app, password: 'wrong' }, {}))).toMatch(/DB_USER, DB_PASSWORD and DB_NAME right/);
      expect(await outcome(given(app, { DB_SSL_CA: other.certificate }))).toMatch(
        /a certificate that DB_SSL_CA does not vouch for \(self-signed certificate\)/,
      );

      const database = given(app, { DB_SSL_CA: certificate });
      const shop = await startShop({ database: { ...database, ...tlsOptions(database) } });
      try {
        const place = { folder: testInfo.outputPath('run'), url: shop.url, database };
        const settings = { DB_SSL: 'required', DB_SSL_CA: certificate };
        expect((await preflightHere(place, settings)).said).toBe('');
        const run = await runScenarios(['-g', 'one debit|one order'], { ...place, settings });
        expect(run.terminal).toMatch(/PASS: [1-9]/);
        const { said } = await preflightHere(place);
        expect(said).toContain('BLOCKED: The database at 127.0.0.1');
        expect(said).toContain('Set DB_SSL=required');
      } finally {
        await shop.close();
      }
    });
  });

  test('script of a finding reaches database and API over TLS', async ({}, testInfo) => {
    const own = ownCertificate(testInfo.outputPath('server'));
    const serverOptions = [`--ssl-cert=${own.certificate}`, `--ssl-key=${own.key}`];
    // Connections over TCP alone: scripts use no others.
    await withServer(serverOptions, ['SET GLOBAL require_secure_transport = ON'], async (server) => {
      const database = given(server, { DB_SSL_CA: own.certificate });
      const shop = await startShop({
        database: { ...database, ...tlsOptions(database) },
        parts: faultNamed('order-created-200').apply(correctParts),
      });
      const { url, close } = await startGateway(shop.url, { certificate: own });
      const settings = { DB_SSL: 'required', DB_SSL_CA: own.certificate, API_CA_FILE: own.certificate };
      const folder = testInfo.outputPath('run');
      try {
        await runScenarios(['answer-schema', '-g', 'refused payments and orders answer JSON'], {
          folder,
          url,
          database,
          settings,
        });
        const found = path.join(folder, 'findings');
        const [file = ''] = readdirSync(found, { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.endsWith('.sh'),
        );
        const script = readFileSync(path.join(found, file), 'utf8');
        const shown = await runScript(script, folder, 'shown', { url, database }, settings);
        expect(shown.exitCode, shown.output).toBe(1);
        const plain = await runScript(script, folder, 'plain', { url, database });
        expect(plain.exitCode, plain.output).toBe(2);
      } finally {
        close();
        await shop.close();
      }
    });
  });

  test('server that offers no TLS where it is demanded is named as such', async () => {
    await withServer(['--skip-ssl'], [], async (server) => {
      expect(await outcome(given(server, { DB_SSL: 'required' }))).toMatch(
        /offers no TLS\. Turn it on there, or leave DB_SSL and DB_SSL_CA unset\.$/,
      );
    });
  });
});
