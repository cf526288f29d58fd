import { ensureDatabaseServer } from '../../fixtures/shops/database/install/ensure-database-server.ts';
import { describeServer } from '../../fixtures/shops/database/install/find-database-servers.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * Makes sure that there is a database server for the bundled shop, if that is the target.
 *
 * @returns a sentence with the server of the shop.
 * @throws NoDatabaseServerError that lists the alternatives.
 */
export async function setUpDatabase(settings: Settings): Promise<string> {
  if (!settings.usesBundledShop) return 'BASE_URL is set: nothing needs to be installed.';
  if (settings.database) return 'DB_HOST is set: nothing needs to be installed.';
  const server = await ensureDatabaseServer({
    log: (line) => {
      console.log(line);
    },
  });
  return `the bundled shop will run on a private ${describeServer(server)} (${server.path})`;
}
