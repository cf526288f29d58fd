import { randomUUID } from 'node:crypto';
import type { TargetProfile } from './target-profile.ts';

/** The key with which a request is sent that has been refused before: the same, or a new one if refusals stay. */
export function keyAfterRefusal({ policies }: TargetProfile, key: string): string {
  return policies.refusalsAreRemembered ? randomUUID() : key;
}
