import { parseArgs } from 'node:util';
import { ensureDatabaseServer } from '../../fixtures/embedded-database/database-server-set-up.ts';
import { describeServer } from '../../fixtures/embedded-database/find-database-server.ts';
import { loadSettings } from '../settings.ts';

const help = `Usage: npm run set-up

Makes sure that there is a database server for the bundled shop: one that is installed, else the system's
mariadb-server-core (apt, as root or with sudo that asks for no password), else a download of MySQL.
Nothing is installed when DB_HOST or BASE_URL is set.
`;

const setUp = async (): Promise<string> => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return help.trimEnd();
  const settings = loadSettings();
  if (!settings.usesBundledShop) return 'BASE_URL is set: nothing needs to be installed.';
  if (settings.database) return 'DB_HOST is set: nothing needs to be installed.';
  const server = await ensureDatabaseServer({
    log: (line) => {
      console.log(line);
    },
  });
  return `the bundled shop will run on a private ${describeServer(server)} (${server.path})`;
};

try {
  console.log(await setUp());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
