import { isIP } from 'node:net';
import { UserError } from './user-error.ts';
import type { DatabaseSettings } from './settings.ts';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Lets only databases through that the settings clearly permit to write to: those on this machine, and the one that
 * `ALLOW_WRITES_TO` names.
 *
 * @throws UserError that says how to permit it.
 */
export function assertMayWrite({ host, name }: DatabaseSettings, allowWritesTo: string | undefined): void {
  const place = `${host}/${name}`;
  if (isLoopback(host) || allowWritesTo === place) return;
  throw new UserError(
    `The database ${place} is not on this machine, and seeding writes to it. ` +
      `If that is meant, set ALLOW_WRITES_TO=${place}` +
      (allowWritesTo === undefined ? '.' : ` (it is ${allowWritesTo}).`),
  );
}
