import path from 'node:path';
import type { Suite, TestCase, TestResult } from '@playwright/test/reporter';
import type { Findings } from '../findings/grouping/finding.ts';
import { findingText } from '../findings/report/finding-text.ts';
import { shownFindings } from '../findings/report/shown-findings.ts';
import { shownLine } from '../text/shown-text.ts';

/** Returns whether a test is the one that shows what all others come to. */
export const isFindingsTest = ({ parent }: TestCase): boolean => parent.project()?.name === 'findings';

const maxNameLength = 200;

/** Of a test that never began, because the run was ended before: the HTML report hides what was skipped. */
const notRun = (): TestResult => ({
  ...{ status: 'passed', startTime: new Date(), duration: 0, retry: 0, parallelIndex: -1, workerIndex: -1 },
  ...{ errors: [], stdout: [], stderr: [], steps: [], attachments: [], annotations: [] },
});

/**
 * Attaches the findings to the test of that name, for the reporters that come after: the page, and each finding as text.
 *
 * @param folder the one that the findings were written to
 */
export function attachFindings(suite: Suite, findings: Findings, folder: string): void {
  const test = suite.allTests().find((one) => isFindingsTest(one) && one.repeatEachIndex === 0);
  if (!test) return;
  if (test.results.length === 0) test.results.push(notRun());
  test.results.at(-1)?.attachments.push(
    { name: 'findings', path: path.join(folder, 'index.html'), contentType: 'text/html' },
    ...shownFindings(findings).findings.map((finding) => ({
      name: shownLine(`${finding.severity}: ${finding.sentence}`, maxNameLength),
      contentType: 'text/plain',
      body: Buffer.from(findingText(finding)),
    })),
  );
}
