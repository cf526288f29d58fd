import type { Finding, Findings } from '../grouping/finding.ts';
import { severities, type Severity } from '../kinds/kinds.ts';

export interface SortedFindings {
  /** Those that count, the most severe first. */
  readonly open: readonly Finding[];
  readonly accepted: readonly Finding[];
}

/** Returns the findings that count, the most severe first, apart from those that are accepted. */
export function sortedFindings({ findings }: Findings): SortedFindings {
  const sorted = severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  return {
    open: sorted.filter(({ accepted }) => accepted === undefined),
    accepted: sorted.filter(({ accepted }) => accepted !== undefined),
  };
}

/** Returns how many findings have each severity, without those that none has: `2 critical, 1 minor`. */
export function severityCounts(findings: readonly Pick<Finding, 'severity'>[]): string {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return severities
    .map((severity) => [count(severity), severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number.toLocaleString('en-US')} ${severity}`)
    .join(', ');
}
