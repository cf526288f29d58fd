import type { RowDataPacket } from 'mysql2/promise';
import { expect } from '../../../../fixtures/expect.ts';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { test } from '../../support/servers/own-database.ts';

type Count = RowDataPacket & { readonly found: number };

const password = 'Sha-2 "pass\\word"';

/** Returns who a connection with these settings is, over TLS or not. */
async function whoIs(settings: DatabaseSettings): Promise<unknown> {
  const pool = await connectDatabase(settings, 1);
  try {
    const [rows] = await pool.query<RowDataPacket[]>("SELECT SUBSTRING_INDEX(USER(), '@', 1) AS user");
    return rows[0]?.user;
  } finally {
    await pool.end();
  }
}

test.describe('caching_sha2_password', () => {
  test('user of this plug-in, the usual one of MySQL 8, is let in without TLS and over it, known to the server or not', async ({
    database,
    pool,
  }) => {
    const [[plugin]] = await pool.query<Count[]>(
      "SELECT COUNT(*) AS found FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'caching_sha2_password'",
    );
    test.skip(
      plugin?.found !== 1,
      'MariaDB has no such plug-in: set DB_HOST to a MySQL server, as the nightly run does',
    );
    const user = `sha2_${database.name.slice(-10)}`;
    await pool.query('CREATE USER ?@? IDENTIFIED WITH caching_sha2_password BY ?', [user, '%', password]);
    try {
      await pool.query(`GRANT SELECT ON ${pool.escapeId(database.name)}.* TO ?@?`, [user, '%']);
      const settings = { ...database, user, password };
      for (const encrypted of [{}, { tls: {} }]) {
        // The server forgets whom it has let in: the whole exchange is made, which asks for its public key or for TLS.
        await pool.query('FLUSH PRIVILEGES');
        const connecting = { ...settings, ...encrypted };
        expect(await whoIs(connecting), 'not known to the server').toBe(user);
        expect(await whoIs(connecting), 'known to the server').toBe(user);
      }
      await expect(whoIs({ ...settings, password: 'another' })).rejects.toThrow(/refused user sha2_/);
    } finally {
      await pool.query('DROP USER ?@?', [user, '%']);
    }
  });
});
