import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Finding } from '../grouping/finding.ts';
import type { ScriptEvidence } from './evidence-of.ts';
import type { FreshKeys } from './fresh-keys.ts';
import type { NamedIds } from './named-ids.ts';

/** What the parts of a script are made of. */
export interface ScriptContext {
  readonly finding: Finding;
  readonly profile: TargetProfile;
  readonly evidence: ScriptEvidence;
  readonly ids: NamedIds;
  readonly keys: FreshKeys;
}
