import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectFolder } from '../text/project-folder.ts';
import { loadSettings } from '../settings/settings.ts';
import { UserError } from '../text/user-error.ts';
import { setUpDatabase } from './set-up-database.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run quickstart [-- options of playwright test]

Makes sure that there is a database server (see npm run set-up), then runs preflight and all scenarios, with three workers
for every two processors unless WORKERS says otherwise.
`;

const playwright = async (args: readonly string[]): Promise<number> => {
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const child = spawn(process.execPath, [cli, 'test', ...args], { cwd: projectFolder, stdio: 'inherit' });
  // Ctrl-C reaches both; Playwright ends its tests first and prints their results.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
};

const quickstart = async (args: readonly string[]): Promise<number> => {
  if (args.includes('--help')) {
    console.log(help.trimEnd());
    return 0;
  }
  const settings = loadSettings();
  console.log(await setUpDatabase(settings));
  // Only the owner of another target can choose its number of workers.
  const isFree = settings.workers === undefined && settings.usesBundledShop;
  // A worker waits for the shop and its database a third of the time.
  return playwright(['--project=scenarios', ...(isFree ? ['--workers=150%'] : []), ...args]);
};

ignoreUnreadOutput();

try {
  process.exitCode = await quickstart(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
