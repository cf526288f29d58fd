import { randomUUID } from 'node:crypto';
import type { TargetProfile } from './target-profile.ts';

/** Returns the key for sending a refused request again: the same, or a new one where refusals are remembered. */
export function keyAfterRefusal({ policies }: TargetProfile, key: string): string {
  return policies.refusalsAreRemembered ? randomUUID() : key;
}
