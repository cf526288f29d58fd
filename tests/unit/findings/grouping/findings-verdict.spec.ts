import { expect, test } from '@playwright/test';
import type { Finding } from '../../../../helpers/findings/grouping/finding.ts';
import { findingsVerdict } from '../../../../helpers/findings/grouping/findings-verdict.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

type Run = Parameters<typeof findingsVerdict>[0];

const { findings, passed, notJudged } = exampleFindings();
const of = (severity: Finding['severity']): Finding[] =>
  findings.filter((finding) => finding.severity === severity && finding.accepted === undefined);
const accepted = findings.filter((finding) => finding.accepted !== undefined);

const verdictOf = (run: Partial<Run>): string => {
  const { verdict, because } = findingsVerdict({
    ...{ findings: [], passed, notJudged: [], isInterrupted: false, blockedBy: undefined, cutOff: 0, failOn: 'minor' },
    missingShards: [],
    ...run,
  });
  return `${verdict}: ${because}`;
};

test.describe('verdict of findings', () => {
  for (const { what, run, says } of [
    { what: 'no findings', run: {}, says: 'PASS: every promise that was tried was kept.' },
    {
      what: 'no findings, and nothing passed',
      run: { passed: [], notJudged },
      says: 'INCONCLUSIVE: no scenario passed, 47 were not judged.',
    },
    { what: 'accepted findings', run: { findings: accepted }, says: 'PASS: nothing was found but 1 accepted finding.' },
    {
      what: 'accepted findings that hide others',
      run: { findings: accepted, passed: [], notJudged },
      says: 'PASS: nothing was found but 1 accepted finding; 47 scenarios could not be judged.',
    },
    { what: 'minor finding', run: { findings: of('minor') }, says: 'FAIL: 1 finding, the worst minor.' },
    {
      what: 'minor and accepted findings with FAIL_ON=major',
      run: { findings: [...of('minor'), ...accepted], failOn: 'major' },
      says: 'PASS: nothing was found but 1 accepted finding and 1 finding below FAIL_ON=major.',
    },
    {
      what: 'major and minor findings with FAIL_ON=major',
      run: { findings: [...of('major'), ...of('minor'), ...accepted], failOn: 'major' },
      says: 'FAIL: 2 findings, the worst major, and 1 accepted finding and 1 finding below FAIL_ON=major beside.',
    },
    {
      what: 'major findings with FAIL_ON=critical',
      run: { findings: of('major'), failOn: 'critical' },
      says: 'PASS: nothing was found but 2 findings below FAIL_ON=critical.',
    },
    {
      what: 'critical findings with FAIL_ON=critical',
      run: { findings: of('critical'), failOn: 'critical' },
      says: 'FAIL: 2 findings, the worst critical.',
    },
    {
      what: 'accepted findings and a scenario that was cut off',
      run: { findings: accepted, cutOff: 1 },
      says: 'FAIL: 1 scenario cut off by a time-out or an error before the end, whatever is accepted, and 1 accepted finding beside.',
    },
    {
      what: 'interrupted run',
      run: { findings: of('minor'), isInterrupted: true },
      says: 'INTERRUPTED: the run was stopped; until then 1 finding.',
    },
    {
      what: 'no findings, and a shard is missing',
      run: { missingShards: ['3'] },
      says: 'INCONCLUSIVE: nothing failed; shard 3 left no results: run it again.',
    },
    {
      what: 'minor finding, and 2 shards are missing',
      run: { findings: of('minor'), missingShards: ['2', '3'] },
      says: 'FAIL: 1 finding, the worst minor; shard 2, 3 left no results.',
    },
    { what: 'blocked run', run: { blockedBy: 'No API answers.' }, says: 'BLOCKED: No API answers.' },
  ] satisfies { what: string; run: Partial<Run>; says: string }[]) {
    test(`${what}: verdict ${says.replace(/:.*/, '')}`, () => {
      expect(verdictOf(run)).toBe(says);
    });
  }
});
