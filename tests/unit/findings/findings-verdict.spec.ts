import { expect, test } from '@playwright/test';
import { findingsVerdict } from '../../../helpers/findings/findings-verdict.ts';
import { exampleFindings } from '../support/example-findings.ts';

const passed = [{ file: 'stock/a.spec.ts', title: 'a' }];

const verdictOf = (changes: Partial<Parameters<typeof findingsVerdict>[0]>) =>
  findingsVerdict({
    ...{ findings: [], passed, notJudged: [], isInterrupted: false, blockedBy: undefined, failOn: 'minor' },
    missingShards: [],
    ...changes,
  });

const [worst] = exampleFindings().findings;
const minor = worst && { ...worst, severity: 'minor' as const };
const accepted = worst && { ...worst, accepted: { why: 'known' } };
const only = <Value>(value: Value | undefined): Value[] => (value === undefined ? [] : [value]);

test.describe('verdict of the findings', () => {
  test('without a finding it is PASS, with nothing passed INCONCLUSIVE', () => {
    expect(verdictOf({}).verdict).toBe('PASS');
    expect(verdictOf({ passed: [] }).verdict).toBe('INCONCLUSIVE');
  });

  test('with a finding it is FAIL, unless it is accepted or milder than FAIL_ON', () => {
    expect(verdictOf({ findings: only(minor) })).toEqual({ verdict: 'FAIL', because: '1 finding, the worst minor.' });
    expect(verdictOf({ findings: only(minor), failOn: 'major' })).toMatchObject({
      verdict: 'PASS',
      because: 'every promise that was tried was kept, 1 finding below FAIL_ON=major.',
    });
    expect(verdictOf({ findings: only(accepted) }).because).toContain('1 accepted finding beside');
  });

  test('where a shard left nothing it is INCONCLUSIVE at best, and the shard is named', () => {
    expect(verdictOf({ missingShards: ['3'] })).toEqual({
      verdict: 'INCONCLUSIVE',
      because: 'nothing failed; shard 3 left no results: run it again.',
    });
    expect(verdictOf({ missingShards: ['3'], findings: only(worst) })).toEqual({
      verdict: 'FAIL',
      because: '1 finding, the worst critical; shard 3 left no results.',
    });
  });

  test('what stopped the run comes before what it found', () => {
    expect(verdictOf({ blockedBy: 'the API answers 503', findings: only(worst) }).verdict).toBe('BLOCKED');
    expect(verdictOf({ isInterrupted: true, findings: only(worst) })).toEqual({
      verdict: 'INTERRUPTED',
      because: 'the run was stopped; until then 1 finding.',
    });
  });
});
