import { distance } from 'fastest-levenshtein';
import type { Environment } from './environment.ts';
import { knownNames } from './environment-schema.ts';
import { SettingsError } from './settings-error.ts';

const aliases: Environment = {
  DB_PASS: 'DB_PASSWORD',
  DB_PWD: 'DB_PASSWORD',
  DB_USERNAME: 'DB_USER',
  DB_DATABASE: 'DB_NAME',
  DB_SCHEMA: 'DB_NAME',
  DB_HOSTNAME: 'DB_HOST',
  API_URL: 'BASE_URL',
  API_BASE_URL: 'BASE_URL',
  REQUEST_TIMEOUT: 'REQUEST_TIMEOUT_MS',
};

// Set by many a machine for purposes of its own.
const commonNames = ['USER_ID', 'PRODUCT_ID'];

const lettersOf = (name: string): string => Array.from(name).toSorted().join('');

// Of a short name, many others are but a letter or two away.
const farthest = ({ length }: string): number => (length > 8 ? 2 : length > 4 ? 1 : 0);

const meantName = (name: string): string | undefined => {
  const upper = name.toUpperCase();
  if (knownNames.includes(upper)) return upper;
  const near = knownNames.find(
    (known) =>
      upper.startsWith(known.slice(0, 1)) &&
      (distance(known, upper) <= farthest(known) || lettersOf(known) === lettersOf(upper)),
  );
  return near ?? aliases[upper];
};

/** @throws SettingsError for a name that is almost one of a setting, or what other tools call it. */
export function rejectNearMisses(environment: Environment): void {
  for (const name of Object.keys(environment)) {
    if (knownNames.includes(name) || commonNames.includes(name)) continue;
    const meant = meantName(name);
    if (meant)
      throw new SettingsError(
        `${name} is set, but no setting has that name. Did you mean ${meant}? Rename or unset it.`,
      );
  }
}
