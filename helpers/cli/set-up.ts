import { parseArgs } from 'node:util';
import { loadSettings } from '../settings/settings.ts';
import { setUpDatabase } from './set-up-database.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run set-up

Makes sure that there is a database server for the bundled shop: one that is installed, else the system's
mariadb-server-core (apt, as root or with sudo that asks for no password), else a download of MySQL.
Nothing is installed when DB_HOST or BASE_URL is set.
`;

const setUp = (): Promise<string> | string => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  return values.help ? help.trimEnd() : setUpDatabase(loadSettings());
};

ignoreUnreadOutput();

try {
  console.log(await setUp());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
