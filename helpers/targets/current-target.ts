import { loadSettings } from '../settings.ts';
import type { TargetProfile } from './target-profile.ts';
import { targetProfile } from './target-profiles.ts';

let current: TargetProfile | undefined;

/** The profile of this run's target. @throws SettingsError when `TARGET` names none. */
export function currentTarget(): TargetProfile {
  return (current ??= targetProfile(loadSettings().target));
}
