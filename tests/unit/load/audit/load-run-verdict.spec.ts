import { expect, test } from '@playwright/test';
import { runVerdict, type EndedTest } from '../../../../helpers/report/run-verdict.ts';

const passed = (project: string): EndedTest => ({ project, outcome: 'expected' });
const failed = (project: string): EndedTest => ({ project, outcome: 'unexpected' });
const skipped = (project: string): EndedTest => ({ project, outcome: 'skipped' });

test.describe("the run's word", () => {
  test('without a load is what its tests came to', () => {
    expect(runVerdict('passed', [passed('scenarios'), skipped('scenarios')])).toBe('PASS');
    expect(runVerdict('failed', [passed('scenarios'), failed('scenarios')])).toBe('FAIL');
    expect(runVerdict('failed', [failed('preflight'), skipped('scenarios')])).toBe('BLOCKED');
    expect(runVerdict('passed', [skipped('scenarios')])).toBe('BLOCKED');
    expect(runVerdict('interrupted', [failed('scenarios')])).toBe('INTERRUPTED');
    expect(runVerdict('timedout', [passed('scenarios')])).toBe('FAIL');
  });

  test('is PASS only where the load and everything else passed', () => {
    expect(runVerdict('passed', [passed('load'), passed('verdict'), passed('scenarios')], 'PASS')).toBe('PASS');
    expect(runVerdict('failed', [passed('load'), passed('verdict'), failed('scenarios')], 'PASS')).toBe('FAIL');
    expect(runVerdict('failed', [failed('load'), passed('verdict')], 'PASS')).toBe('FAIL');
  });

  test('is that of the load where nothing else failed', () => {
    expect(runVerdict('failed', [passed('load'), failed('verdict')], 'FAIL')).toBe('FAIL');
    expect(runVerdict('failed', [passed('load'), failed('verdict')], 'INCONCLUSIVE')).toBe('INCONCLUSIVE');
    expect(runVerdict('failed', [failed('load'), failed('verdict')], 'BLOCKED')).toBe('BLOCKED');
    expect(runVerdict('passed', [passed('load'), passed('verdict')], 'INCONCLUSIVE')).toBe('INCONCLUSIVE');
  });

  test('is FAIL where something else failed', () => {
    const others = [passed('load'), failed('verdict'), failed('scenarios')];
    expect(runVerdict('failed', others, 'INCONCLUSIVE')).toBe('FAIL');
    expect(runVerdict('failed', [failed('load'), failed('verdict'), failed('scenarios')], 'BLOCKED')).toBe('FAIL');
    // What was seeded could not be removed, say.
    expect(runVerdict('failed', [failed('load'), failed('verdict')], 'INCONCLUSIVE')).toBe('FAIL');
    expect(runVerdict('timedout', [passed('load'), passed('verdict')], 'INCONCLUSIVE')).toBe('FAIL');
  });
});
