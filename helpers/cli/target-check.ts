import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../text/project-folder.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { environmentWith } from '../settings/environment/child-environment.ts';
import { startShopProcess, type ShopProcess } from '../api/shop-process.ts';
import { exitCodes } from '../target-check/exit-codes.ts';
import { loadTarget, targetNames } from '../profile/load-target.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run target:check [-- --write] [--output=FOLDER]

Checks the target profile against the live API, step by step: prints every request with its answer, and for every misfit
the line of the profile with a suggestion. The check then continues as if the suggestion were applied, so that one run
finds as many misfits as possible.

With --write the suggestions are applied to the profile's file as small edits, the diff is shown, and the check starts again,
until nothing changes any more.

It orders and pays for accounts and products of its own, and removes them at the end, after Ctrl-C as well.

Settings (environment or .env), the same as for the runs: TARGET (${targetNames().join(', ')}, or the path of a
profile), BASE_URL, API_CA_FILE, DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME, DB_SSL, DB_SSL_CA, ALLOW_WRITES_TO,
API_TOKEN, API_KEY, API_PASSWORD, API_HEADER_…, USER_IDS, REQUEST_TIMEOUT_MS, RATE_LIMIT_WAIT_MS. Without BASE_URL the bundled shop is started and checked.

Writes target-check.html, a page for people, target-check.md, a table to paste, and target-check.json to test-results or the
folder given.
A 5xx, a redirect, a web page or no answer is a failure of the API, not a misfit: nothing is suggested because of it.

Exit code 0: the profile fits; 1: there are misfits; 2: a setting is wrong; 3: there is no misfit, but the API failed, so
that the profile could not be judged where it did.
`;

const sameInterruptMs = 500;

interface Options {
  readonly output: string;
  readonly write: boolean;
}

const stopping = new AbortController();

/** Puts everything back after the first Ctrl-C; the second one ends at once, and the next run removes the rest. */
const endAtSignals = (): void => {
  let interruptedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A signal to the whole process group arrives again through the parent processes.
      if (interruptedAt !== undefined && performance.now() - interruptedAt < sameInterruptMs) return;
      if (interruptedAt !== undefined) process.exit(exitCodes.interrupted);
      interruptedAt = performance.now();
      console.log('putting everything back; press Ctrl-C again to leave that to the next run');
      stopping.abort();
    });
  }
};

const check = async (settings: Settings, baseUrl: string, { output: folder, write }: Options): Promise<number> => {
  // Loaded once there is something to check: a wrong option is answered at once.
  const { checkTarget } = await import('../target-check/check-target.ts');
  return checkTarget({
    settings: { ...settings, baseUrl },
    folder,
    write,
    signal: stopping.signal,
    colour: process.stdout.isTTY,
    print: (text) => {
      console.log(text);
    },
  });
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      write: { type: 'boolean', default: false },
      output: { type: 'string', default: path.join(projectFolder, 'test-results') },
    },
  });
  if (values.help) {
    console.log(help.trimEnd());
    return exitCodes.fits;
  }
  const settings = loadSettings();
  if (values.write && settings.target === 'reference') {
    throw new UserError(
      '--write would change the reference, which all profiles build on: set TARGET to a profile of your own.',
    );
  }
  // Fails before anything is started where the profile cannot be loaded.
  await loadTarget(settings.target);
  endAtSignals();
  if (settings.baseUrl !== undefined) return check(settings, settings.baseUrl, values);
  let shop: ShopProcess | undefined;
  try {
    shop = await startShopProcess(environmentWith({}));
    return await check(loadSettings(shop), shop.url, values);
  } finally {
    await shop?.stop();
  }
};

ignoreUnreadOutput();

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof UserError) && !isUsage) throw error;
  console.error(error.message);
  process.exitCode = exitCodes.settings;
}
