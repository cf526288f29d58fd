import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chooseDatabase } from '../../fixtures/shops/database/choose-database.ts';
import type { ChosenDatabase } from '../../fixtures/shops/database/choose-database.ts';
import { watchProcess } from '../../fixtures/shops/database/server/watch-process.ts';
import type { Variant } from '../../fixtures/shops/reference/variants/variant.ts';
import type { ShopParts } from '../../fixtures/shops/reference/shop-parts.ts';
import type { RunningShop } from '../../fixtures/shops/reference/start-shop.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { tlsOptions } from '../database/connection/tls-options.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run shop -- [--port=N]

Starts the bundled shop by itself, on the database that DB_HOST names or else on a private one.

  --port=N       listen on this port of the loopback interface (default: any free one)
  --owner-pid=N  end when that process has ended, start a second instance, and print one line for programs
  --list-faults  print the faults (SHOP_FAULT) and variants (SHOP_VARIANT) that the shop can be started with
  --help         print this
`;

const closeWithinMs = 1000;
const endWithinMs = 2500;

const stopping = new AbortController();
let starting: Promise<ChosenDatabase> | undefined;
const shops: RunningShop[] = [];
let isEnding = false;

const wholeNumber = (option: string, text: string, maximum: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= maximum) return value;
  throw new UserError(`--${option} is ${JSON.stringify(text)}, allowed is a whole number up to ${maximum}.`);
};

const stopAll = async (): Promise<void> => {
  stopping.abort();
  const closing = Promise.all(shops.map((shop) => shop.close()));
  await Promise.race([closing, sleep(closeWithinMs)]).catch(() => undefined);
  const database = await starting?.catch(() => undefined);
  await database?.stop();
};

/** Stops everything once and ends the process. */
const end = (exitCode: number, message?: string): void => {
  if (isEnding) return;
  isEnding = true;
  if (message !== undefined) console.error(message);
  // The rest of the private database is removed as the process exits.
  setTimeout(() => process.exit(exitCode), endWithinMs);
  void stopAll()
    .catch(() => undefined)
    .then(() => process.exit(exitCode));
};

const endQuietly = (): void => {
  end(0);
};

const fail = (error: unknown): void => {
  end(1, error instanceof Error ? error.message || error.name : String(error));
};

const describe = ({ server, host, port, name, user, password }: ChosenDatabase, url: string): string => {
  const variables = [`BASE_URL=${url}`, `DB_HOST=${host}`, `DB_PORT=${port}`];
  if (user !== 'root') variables.push(`DB_USER=${user}`);
  if (name !== 'ecommerce') variables.push(`DB_NAME=${name}`);
  if (password) variables.push('DB_PASSWORD=...');
  return [
    `shop      ${url}`,
    `database  ${server}  ${host}:${port}/${name}  user ${user}, ${password ? 'password set' : 'no password'}`,
    `point the suite at it:  ${variables.join(' ')} npx playwright test`,
    'Ctrl-C stops both',
  ].join('\n');
};

// Loaded only on demand, and the shop while its database starts, so that the shop starts sooner.
const loadFaults = () => import('../../fixtures/shops/reference/faults/all-faults.ts');
const loadVariants = () => import('../../fixtures/shops/reference/variants/all-variants.ts');
const loadShop = async () => (await import('../../fixtures/shops/reference/start-shop.ts')).startShop;

const chosenVariant = async ({ shopVariant, target }: Settings): Promise<Variant | undefined> => {
  if (shopVariant === undefined) return undefined;
  const { variantNamed } = await loadVariants();
  const { combinedVariant } = await import('../../fixtures/shops/reference/variants/combined-variant.ts');
  return combinedVariant(shopVariant.split('+').map(variantNamed), target === 'reference' ? undefined : target);
};

const chosenParts = async (settings: Settings): Promise<ShopParts> => {
  const { correctParts } = await import('../../fixtures/shops/reference/correct-parts.ts');
  const variant = (await chosenVariant(settings))?.apply(correctParts) ?? correctParts;
  const { shopFault } = settings;
  return shopFault === undefined ? variant : (await loadFaults()).faultsNamed(shopFault)(variant);
};

const toUse = (profile: string | undefined): string => (profile === undefined ? '' : ` (TARGET=${profile})`);

const listFaults = async (): Promise<string> => {
  const [{ faults }, { variants }] = await Promise.all([loadFaults(), loadVariants()]);
  const width = Math.max(...[...faults, ...variants].map(({ name }) => name.length));
  return [
    ...faults.map(
      ({ name, family, race, profile, description }) =>
        `${name.padEnd(width)}  ${family.padEnd(11)}  ${race ? 'race' : '    '}  ${description}${toUse(profile)}`,
    ),
    '',
    ...variants.map(
      ({ name, profile, description }) => `${name.padEnd(width)}  variant            ${description}${toUse(profile)}`,
    ),
  ].join('\n');
};

const start = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      port: { type: 'string', default: '0' },
      'owner-pid': { type: 'string' },
      'list-faults': { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(help.trimEnd());
    return;
  }
  if (values['list-faults']) {
    console.log(await listFaults());
    return;
  }
  const port = wholeNumber('port', values.port, 65_535);
  const ownerPid = values['owner-pid'];
  if (ownerPid !== undefined) watchProcess(wholeNumber('owner-pid', ownerPid, 2 ** 31), endQuietly);
  const log = (line: string): void => {
    console.error(line);
  };
  const settings = loadSettings();
  if (!settings.usesBundledShop && settings.database) {
    throw new UserError(
      'With BASE_URL and DB_HOST set, the database belongs to another target, whose tables the bundled shop must not touch. Unset BASE_URL to start the bundled shop.',
    );
  }
  // Each instance has parts of its own, since a fault or variant may keep something in memory.
  const partsOfBoth = await Promise.all([chosenParts(settings), chosenParts(settings)] as const);
  starting = chooseDatabase(settings, { log, signal: stopping.signal });
  const [database, startShop] = await Promise.all([starting, loadShop()]);
  void database.ended.then(() => {
    end(1, `The private database ended by itself; the shop ends too.`);
  });
  const options = { database: { ...database, ...tlsOptions(database) } };
  const shop = await startShop({ ...options, port, parts: partsOfBoth[0] });
  shops.push(shop);
  if (ownerPid === undefined) {
    console.log(describe(database, shop.url));
    return;
  }
  const isSingle = (await chosenVariant(settings))?.isSingleInstance ?? false;
  if (!isSingle) shops.push(await startShop({ ...options, isPrepared: true, parts: partsOfBoth[1] }));
  const others = shops.slice(1).map(({ url }) => url);
  console.log(`bundled-shop url=${shop.url} db=${database.host}:${database.port} other=${others.join()}`);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endQuietly);
process.on('uncaughtException', fail);
// The tsx command runs this file in a child process, which would outlive that command if it were killed.
if (process.execArgv.some((argument) => argument.endsWith('preflight.cjs'))) {
  watchProcess(process.ppid, endQuietly);
}

ignoreUnreadOutput();

try {
  await start();
} catch (error) {
  fail(error);
}
