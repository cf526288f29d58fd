import { isIP } from 'node:net';
import { UserError } from '../text/user-error.ts';
import type { DatabaseSettings } from '../settings/settings.ts';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const productionWords = new Set(['prod', 'prd', 'production', 'live']);

/** The word in a name by which it looks like production: `prod` in `shopProd2`, none in `products` or `delivery`. */
const productionWord = (name: string): string | undefined =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}]+/u)
    .find((word) => productionWords.has(word.toLowerCase()));

/**
 * Lets only databases through that the settings clearly permit to write to: those on this machine, and the one that
 * `ALLOW_WRITES_TO` names. One that looks like production must be named by `ALLOW_PRODUCTION` besides, on this machine
 * as well, since a tunnel to anywhere begins there.
 *
 * @throws UserError that says how to permit it.
 */
export function assertMayWrite(
  { host, name, allowProduction }: DatabaseSettings,
  allowWritesTo: string | undefined,
): void {
  const place = `${host}/${name}`;
  const butIs = (given: string | undefined): string => (given === undefined ? '.' : ` (it is ${given}).`);
  if (!isLoopback(host) && allowWritesTo !== place) {
    throw new UserError(
      `The database ${place} is not on this machine, and seeding writes to it. ` +
        `If that is meant, set ALLOW_WRITES_TO=${place}${butIs(allowWritesTo)}`,
    );
  }
  const word = productionWord(name) ?? productionWord(host);
  if (word === undefined || allowProduction === place) return;
  throw new UserError(
    `The database ${place} looks like production ("${word}" in its name), and the suite writes users, orders and ` +
      `payments to it. Point DB_HOST and DB_NAME at a test system; if this is one, set ALLOW_PRODUCTION=${place}` +
      butIs(allowProduction),
  );
}
