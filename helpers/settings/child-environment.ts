import { knownNames } from './environment-schema.ts';

/**
 * This process's environment with some settings changed, for a run of the suite as a child.
 *
 * @param changes values by name; every other setting is left to its default, whatever this process was given.
 */
export function childEnvironment(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const blank = Object.fromEntries(knownNames.map((name) => [name, '']));
  return { ...process.env, ...blank, BUNDLED_SHOP_URL: undefined, BUNDLED_SHOP_DB: undefined, ...changes };
}

/** This process's environment with some settings changed, all others as they are. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, ...changes };
}
