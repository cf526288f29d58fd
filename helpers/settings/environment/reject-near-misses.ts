import { isMisspelled } from '../../text/words/name-similarity.ts';
import type { Environment } from './environment.ts';
import { knownNames } from './environment-schema.ts';
import { SettingsError } from '../settings-error.ts';

const aliases: Environment = {
  DB_PASS: 'DB_PASSWORD',
  DB_PWD: 'DB_PASSWORD',
  DB_USERNAME: 'DB_USER',
  DB_DATABASE: 'DB_NAME',
  DB_SCHEMA: 'DB_NAME',
  DB_HOSTNAME: 'DB_HOST',
  DB_SSL_MODE: 'DB_SSL',
  DB_TLS: 'DB_SSL',
  DB_CA: 'DB_SSL_CA',
  DB_TLS_CA: 'DB_SSL_CA',
  API_CA: 'API_CA_FILE',
  API_CA_CERT: 'API_CA_FILE',
  API_URL: 'BASE_URL',
  API_BASE_URL: 'BASE_URL',
  REQUEST_TIMEOUT: 'REQUEST_TIMEOUT_MS',
};

// Many machines set them for purposes of their own.
const commonNames = ['USER_ID', 'PRODUCT_ID'];

const meantName = (name: string): string | undefined => {
  const upper = name.toUpperCase();
  if (knownNames.includes(upper)) return upper;
  const near = knownNames.find((known) => upper.startsWith(known.slice(0, 1)) && isMisspelled(upper, known));
  return near ?? aliases[upper];
};

/** Throws a SettingsError for a name that is almost that of a setting, or that other tools use for it. */
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
