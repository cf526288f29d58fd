import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Findings } from '../grouping/finding.ts';
import { scriptOf } from './script-of.ts';

/** Findings that name their scripts, and the scripts by file name. */
export interface ScriptedFindings {
  readonly findings: Findings;
  readonly scripts: ReadonlyMap<string, string>;
}

/** Returns findings with a script for each that can be shown by one, numbered as the findings are. */
export function scriptsOf(findings: Findings, profile: TargetProfile): ScriptedFindings {
  const scripts = new Map<string, string>();
  const scripted = findings.findings.map((finding, place) => {
    // A script sends requests, and kills nothing: it would say that there is no defect.
    const text = finding.circumstance === 'after-crash' ? undefined : scriptOf(finding, profile);
    if (text === undefined) return finding;
    const script = `${String(place + 1).padStart(2, '0')}-${finding.id}.sh`;
    scripts.set(script, text);
    return { ...finding, script };
  });
  return { findings: { ...findings, findings: scripted }, scripts };
}
