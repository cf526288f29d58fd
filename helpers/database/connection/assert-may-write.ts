import { isIP } from 'node:net';
import { UserError } from '../../text/user-error.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const productionWords = new Set(['prod', 'prd', 'production', 'live']);

/** Returns the word that makes a name look like production: `prod` in `shopProd2`, none in `products` or `delivery`. */
const productionWord = (name: string): string | undefined =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}]+/u)
    .find((word) => productionWords.has(word.toLowerCase()));

/**
 * Throws unless the settings permit writing to a database: it must be on this machine or named by `ALLOW_WRITES_TO`.
 * One that looks like production must also be named by `ALLOW_PRODUCTION`, even on this machine, where a tunnel may
 * begin.
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
        `If that is intended, set ALLOW_WRITES_TO=${place}${butIs(allowWritesTo)}`,
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
