import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Findings } from '../grouping/finding.ts';
import { scriptOf } from './script-of.ts';

/** Findings that name their scripts, and the scripts by file name. */
export interface ScriptedFindings {
  readonly findings: Findings;
  readonly scripts: ReadonlyMap<string, string>;
}

/** Returns findings with a script for each, numbered as the findings are, or why there is none. */
export function scriptsOf(findings: Findings, profile: TargetProfile): ScriptedFindings {
  const scripts = new Map<string, string>();
  const scripted = findings.findings.map((finding, place) => {
    const made = scriptOf(finding, profile);
    if ('because' in made) return { ...finding, noScript: made.because };
    const script = `${String(place + 1).padStart(2, '0')}-${finding.id}.sh`;
    scripts.set(script, made.text);
    return { ...finding, script };
  });
  return { findings: { ...findings, findings: scripted }, scripts };
}
