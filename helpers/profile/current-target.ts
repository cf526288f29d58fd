import { loadSettings } from '../settings/settings.ts';
import { loadTarget } from './load-target.ts';
import type { TargetProfile } from './target-profile.ts';

let current = await loadTarget(loadSettings().target);

/** The profile of the target that is tested: the settings' own, unless another one was set. */
export function currentTarget(): TargetProfile {
  return current;
}

/** Says which target is tested from now on, in a process that tests one after the other. */
export function setCurrentTarget(profile: TargetProfile): void {
  current = profile;
}
