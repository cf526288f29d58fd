import { randomBytes } from 'node:crypto';
import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { loadSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { assertMayWrite } from '../../../../helpers/database/connection/assert-may-write.ts';

/**
 * Returns the bundled shop of this run and its database.
 *
 * @throws Error when the run tests another target
 */
export function bundledShop(): { url: string; database: DatabaseSettings } {
  const { baseUrl, database, usesBundledShop, allowWritesTo } = loadSettings();
  if (!usesBundledShop || baseUrl === undefined || !database) {
    throw new Error('These tests need the bundled shop: run them without BASE_URL.');
  }
  assertMayWrite(database, allowWritesTo);
  return { url: baseUrl, database };
}

/** Creates a user who may only read and write the rows of one database, and drops it when the work is done. */
export const withRowsOnlyUser = <Result>(
  server: DatabaseSettings,
  password: string,
  work: (database: DatabaseSettings) => Promise<Result>,
): Promise<Result> => withUserOf(server, password, ['SELECT, INSERT, UPDATE, DELETE ON *'], work);

/**
 * Creates a user with some rights, and drops it when the work is done.
 *
 * @param rights in one database. @example ['SELECT ON *', 'UPDATE ON products']
 */
export async function withUserOf<Result>(
  server: DatabaseSettings,
  password: string,
  rights: readonly string[],
  work: (database: DatabaseSettings) => Promise<Result>,
): Promise<Result> {
  const user = `rows_${randomBytes(5).toString('hex')}`;
  const pool = await connectDatabase(server, 1);
  try {
    await pool.query('CREATE USER ?@? IDENTIFIED BY ?', [user, '%', password]);
    for (const right of rights) {
      await pool.query(`GRANT ${right.replace(' ON ', ' ON ??.')} TO ?@?`, [server.name, user, '%']);
    }
    return await work({ ...server, user, password });
  } finally {
    await pool.query('DROP USER IF EXISTS ?@?', [user, '%']);
    await pool.end();
  }
}
