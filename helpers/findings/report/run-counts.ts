import { counted } from '../../text/words/counted.ts';
import type { Finding, Findings } from '../grouping/finding.ts';

interface RunCounts {
  readonly passed: number;
  readonly failed: number;
  readonly notJudged: number;
  readonly notApplicable: number;
}

/** Returns how many different scenarios findings have failed. */
export const failedScenarios = (findings: readonly Finding[]): number =>
  new Set(findings.flatMap(({ scenarios }) => scenarios.map(({ file, title }) => `${file}\n${title}`))).size;

/** Returns how many scenarios passed, failed, could not be judged and do not apply. */
export function runCounts({ findings, passed, notJudged, notApplicable }: Findings): RunCounts {
  return {
    passed: passed.length,
    failed: failedScenarios(findings),
    notJudged: notJudged.length,
    notApplicable: notApplicable.length,
  };
}

/** Says the same in a line: `13 scenarios passed, 4 failed, 46 not judged`. */
export function runCountsLine(findings: Findings): string {
  const { passed, failed, notJudged, notApplicable } = runCounts(findings);
  const parts: readonly (readonly [number: number, what: string])[] = [
    [failed, 'failed'],
    [notJudged, 'not judged'],
    [notApplicable, 'not applicable'],
  ];
  return [
    `${counted(passed, 'scenario')} passed`,
    ...parts
      .filter(([number], index) => number > 0 || index === 0)
      .map(([number, what]) => `${number.toLocaleString('en-US')} ${what}`),
  ].join(', ');
}
