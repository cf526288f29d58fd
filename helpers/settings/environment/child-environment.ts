import { knownNames } from './environment-schema.ts';

/**
 * Returns this process's environment with some settings changed, for a run of the suite as a child process.
 *
 * @param changes values by name; every other setting has its default, whatever value this process was given.
 */
export function childEnvironment(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const blank = Object.fromEntries(knownNames.map((name) => [name, '']));
  const ofShop = { BUNDLED_SHOP_URL: undefined, BUNDLED_SHOP_OTHER_URL: undefined, BUNDLED_SHOP_DB: undefined };
  return { ...process.env, ...blank, ...ofShop, ...changes };
}

/** Returns this process's environment with some settings changed and all others as they are. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, ...changes };
}
