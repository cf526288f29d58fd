import { loadSettings } from '../settings/settings.ts';
import { loadTarget } from './load-target.ts';
import type { TargetProfile } from './target-profile.ts';

let current = await loadTarget(loadSettings().target);

/** Returns the profile of the target under test: that of the settings, unless another one was set. */
export function currentTarget(): TargetProfile {
  return current;
}

/** Sets the target under test, in a process that tests several in turn. */
export function setCurrentTarget(profile: TargetProfile): void {
  current = profile;
}
