import { randomBytes } from 'node:crypto';
import { expect } from '@playwright/test';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { prepareDatabase } from '../../../../fixtures/shops/reference/database/prepare-database.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { variantNamed } from '../../../../fixtures/shops/reference/variants/all-variants.ts';
import { HostedDatabases, type HostedDatabase } from '../../../../helpers/mutation/hosts/hosted-databases.ts';
import { test as base } from '../../support/servers/own-database.ts';

interface Fixtures {
  /** To look at the server with, in no database of its own. */
  server: Connection;
  prefix: string;
  databases: HostedDatabases;
  /** A database that a shop with the correct tables has had. */
  used: HostedDatabase;
}

const test = base.extend<Fixtures>({
  server: async ({ database: { host, port, user, password } }, use) => {
    const connection = await createConnection({ host, port, user, password });
    await use(connection);
    await connection.end();
  },
  prefix: async ({}, use) => {
    await use(`hosted-${randomBytes(5).toString('hex')}`);
  },
  databases: async ({ database, prefix, server }, use) => {
    const databases = new HostedDatabases(database, prefix);
    await use(databases);
    await databases.close();
    const [left] = await server.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [`${prefix}%`]);
    expect(left).toEqual([]);
  },
  used: async ({ databases }, use) => {
    const used = await databases.take(correctParts);
    await prepareDatabase(used.settings, correctParts);
    await use(used);
  },
});

test.describe('databases of shops', () => {
  test('are handed out again, emptied', async ({ databases, used, server }) => {
    await databases.giveBack(used, []);
    const again = await databases.take(correctParts);
    expect(again).toEqual(used);
    for (const table of Object.keys(correctParts.schema)) {
      const [rows] = await server.query<RowDataPacket[]>('SELECT * FROM ??.??', [used.settings.name, table]);
      expect(rows, table).toEqual([]);
    }
  });

  test('are not handed out again while a connection of the shop is left', async ({ databases, used, server }) => {
    await databases.giveBack(used, [server.threadId]);
    const next = await databases.take(correctParts);
    expect(next.settings.name).not.toBe(used.settings.name);
    const [there] = await server.query<RowDataPacket[]>('SHOW DATABASES LIKE ?', [used.settings.name]);
    expect(there).toEqual([]);
  });

  test('are not handed out again with a table that the correct shop has not', async ({ databases, used, server }) => {
    await server.query('CREATE TABLE ??.further (id INT)', [used.settings.name]);
    await databases.giveBack(used, []);
    expect((await databases.take(correctParts)).settings.name).not.toBe(used.settings.name);
  });

  test('are not handed out again while somebody holds their rows', async ({ databases, used, server }) => {
    await server.beginTransaction();
    await server.query('SELECT * FROM ??.products FOR UPDATE', [used.settings.name]);
    const givingBack = databases.giveBack(used, []);
    const dropping = 'SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE ?';
    await expect
      .poll(async () => (await server.query<RowDataPacket[]>(dropping, [`DROP DATABASE%${used.settings.name}%`]))[0])
      .toHaveLength(1);
    await server.query('COMMIT');
    await givingBack;
    expect((await databases.take(correctParts)).settings.name).not.toBe(used.settings.name);
  });

  test('with other tables are for one shop alone', async ({ databases, used }) => {
    await databases.giveBack(used, []);
    const other = await databases.take(variantNamed('big-ids').apply(correctParts));
    expect(other.settings.name).not.toBe(used.settings.name);
    await databases.giveBack(other, []);
    expect((await databases.take(correctParts)).settings.name).toBe(used.settings.name);
  });
});
