import { environmentSchema, knownNames, type ReadEnvironment } from './environment-schema.ts';
import type { Environment } from './environment.ts';
import { rejectNearMisses } from './reject-near-misses.ts';
import { SettingsError } from './settings-error.ts';

/** Whose values are shown to nobody. */
export const secretNames = new Set(['DB_PASSWORD', 'API_TOKEN', 'API_KEY', 'API_PASSWORD']);

// An address of the form user:password@host is wrong everywhere, but must not be shown for it.
const withoutCredentials = (value: string): string => value.replace(/[^\s/]*@/, '(hidden)@');

/** @throws SettingsError for wrong values, each with what is allowed, and for names that are almost right. */
export function readEnvironment(environment: Environment): ReadEnvironment {
  rejectNearMisses(environment);
  const given = Object.fromEntries(
    knownNames.map((name) => [name, environment[name]?.trim() ? environment[name] : undefined]),
  );
  const result = environmentSchema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = secretNames.has(name) ? '(hidden)' : JSON.stringify(withoutCredentials(given[name] ?? ''));
    return `${name} is ${shown}, allowed is ${issue.message}.`;
  });
  throw new SettingsError(wrong.join('\n'));
}
