import type { Finding, Findings } from '../grouping/finding.ts';
import { signatureText } from '../grouping/signature.ts';

/** What two runs found. */
export interface ComparedFindings {
  readonly new: readonly Finding[];
  readonly gone: readonly GoneFinding[];
  readonly stillThere: readonly { readonly before: Finding | undefined; readonly after: Finding }[];
}

/** A finding of the earlier run that the later one does not have. */
export interface GoneFinding {
  readonly finding: Finding;
  /** How many of the scenarios that showed it passed in the later run: without any, nothing is known of it. */
  readonly passed: number;
}

const signaturesIn = (findings: readonly Finding[]): Set<string> =>
  new Set(findings.flatMap(({ deviations }) => deviations.map(signatureText)));

/**
 * Returns which findings of two runs are new, gone and still there. One is still there where its id is, or where every
 * form in which it shows was there before as a part of another.
 */
export function compareFindings(before: Findings, after: Findings): ComparedFindings {
  const known = signaturesIn(before.findings);
  const byId = new Map(before.findings.map((finding) => [finding.id, finding]));
  const isKnown = ({ id, deviations }: Finding): boolean =>
    byId.has(id) || (deviations.length > 0 && deviations.every((one) => known.has(signatureText(one))));
  const stillThere = after.findings.filter(isKnown);
  const left = signaturesIn(stillThere);
  const isGone = ({ id, deviations }: Finding): boolean =>
    !stillThere.some((one) => one.id === id) && !deviations.some((one) => left.has(signatureText(one)));
  return {
    new: after.findings.filter((finding) => !isKnown(finding)),
    gone: before.findings.filter(isGone).map((finding) => ({
      finding,
      passed: finding.scenarios.filter(({ file, title }) =>
        after.passed.some((one) => one.file === file && one.title === title),
      ).length,
    })),
    stillThere: stillThere.map((finding) => ({ before: byId.get(finding.id), after: finding })),
  };
}
