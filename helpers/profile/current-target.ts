import { loadSettings } from '../settings/settings.ts';
import { loadTarget } from './load-target.ts';
import type { TargetProfile } from './target-profile.ts';

const current = await loadTarget(loadSettings().target);

/** The profile of this run's target. */
export function currentTarget(): TargetProfile {
  return current;
}
