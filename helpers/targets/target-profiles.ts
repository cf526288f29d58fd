import { distance } from 'fastest-levenshtein';
import { SettingsError } from '../settings.ts';
import { reference } from './reference.ts';
import { stockAtOrder } from './stock-at-order.ts';
import type { TargetProfile } from './target-profile.ts';

const profiles: readonly TargetProfile[] = [reference, stockAtOrder];

/**
 * The profile that `TARGET` names.
 *
 * @throws SettingsError that lists the profiles there are.
 */
export function targetProfile(name: string): TargetProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  const names = profiles.map((profile) => profile.name);
  const near = names.find((known) => distance(known, name) <= 3);
  throw new SettingsError(
    `TARGET is "${name}", but there is no such target profile${near ? ` (did you mean ${near}?)` : ''}. ` +
      `Allowed: ${names.join(', ')}; a new one is a file in helpers/targets listed in target-profiles.ts.`,
  );
}
