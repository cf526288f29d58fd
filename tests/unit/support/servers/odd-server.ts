import { createConnection } from 'mysql2/promise';
import { startPrivateDatabase } from '../../../../fixtures/shops/database/private-database.ts';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';

/**
 * Runs some work with a database server of its own, started with further options.
 *
 * @param statements said as root once it runs.
 */
export async function withServer<Result>(
  serverOptions: readonly string[],
  statements: readonly string[],
  work: (database: DatabaseSettings) => Promise<Result>,
): Promise<Result> {
  const server = await startPrivateDatabase({ serverOptions });
  const { host, port, user, password, name } = server;
  try {
    const root = await createConnection({ host, port, user, password });
    try {
      for (const statement of statements) await root.query(statement);
    } finally {
      root.destroy();
    }
    return await work({ host, port, user, password, name });
  } finally {
    await server.stop();
  }
}
