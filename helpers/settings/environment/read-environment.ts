import { environmentSchema, knownNames, type ReadEnvironment } from './environment-schema.ts';
import type { Environment } from './environment.ts';
import { rejectNearMisses } from './reject-near-misses.ts';
import { SettingsError } from '../settings-error.ts';

/** Settings whose values are never shown. */
export const secretNames = new Set(['DB_PASSWORD', 'API_TOKEN', 'API_KEY', 'API_PASSWORD']);

// A command may hold a password as well, but is no secret of which every trace is hidden.
const isShown = (name: string): boolean => !secretNames.has(name) && !name.endsWith('_COMMAND');

// An address of the form user:password@host is always wrong, but an error about it must not show the password.
const withoutCredentials = (value: string): string => value.replace(/[^\s/]*@/, '(hidden)@');

/** Validates an environment. @throws SettingsError for wrong values and for names that are almost right. */
export function readEnvironment(environment: Environment): ReadEnvironment {
  rejectNearMisses(environment);
  const given = Object.fromEntries(
    knownNames.map((name) => [name, environment[name]?.trim() ? environment[name] : undefined]),
  );
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = isShown(name) ? JSON.stringify(withoutCredentials(given[name] ?? '')) : '(hidden)';
    return `${name} is ${shown}, allowed is ${issue.message}.`;
  });
  throw new SettingsError(wrong.join('\n'));
}
