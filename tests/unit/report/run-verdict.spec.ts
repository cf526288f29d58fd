import { expect, test } from '@playwright/test';
import { runVerdict, type EndedTest } from '../../../helpers/report/run-verdict.ts';

const passed = (project: string): EndedTest => ({ project, outcome: 'expected' });
const failed = (project: string): EndedTest => ({ project, outcome: 'unexpected' });
const skipped = (project: string): EndedTest => ({ project, outcome: 'skipped' });

test.describe('run verdict', () => {
  test('run without a load gets its verdict from its tests', () => {
    expect(runVerdict('passed', [passed('scenarios'), skipped('scenarios')])).toBe('PASS');
    expect(runVerdict('failed', [passed('scenarios'), failed('scenarios')])).toBe('FAIL');
    expect(runVerdict('failed', [failed('preflight'), skipped('scenarios')])).toBe('BLOCKED');
    expect(runVerdict('passed', [skipped('scenarios')])).toBe('BLOCKED');
    expect(runVerdict('interrupted', [failed('scenarios')])).toBe('INTERRUPTED');
    expect(runVerdict('timedout', [passed('scenarios')])).toBe('FAIL');
  });

  test('run that could not go on is BLOCKED, unless something had failed by then', () => {
    const blocked: EndedTest = { project: 'scenarios', outcome: 'skipped', isBlocked: true };
    expect(runVerdict('passed', [passed('scenarios'), blocked, blocked])).toBe('BLOCKED');
    expect(runVerdict('failed', [failed('scenarios'), blocked])).toBe('FAIL');
    expect(runVerdict('passed', [passed('load'), blocked], 'PASS')).toBe('BLOCKED');
  });

  test('run with a passed load is PASS only if everything else passed', () => {
    expect(runVerdict('passed', [passed('load'), passed('verdict'), passed('scenarios')], 'PASS')).toBe('PASS');
    expect(runVerdict('failed', [passed('load'), passed('verdict'), failed('scenarios')], 'PASS')).toBe('FAIL');
    expect(runVerdict('failed', [failed('load'), passed('verdict')], 'PASS')).toBe('FAIL');
  });

  test('run in which nothing but the load failed takes the verdict of the load', () => {
    expect(runVerdict('failed', [passed('load'), failed('verdict')], 'FAIL')).toBe('FAIL');
    expect(runVerdict('failed', [passed('load'), failed('verdict')], 'INCONCLUSIVE')).toBe('INCONCLUSIVE');
    expect(runVerdict('failed', [failed('load'), failed('verdict')], 'BLOCKED')).toBe('BLOCKED');
    expect(runVerdict('passed', [passed('load'), passed('verdict')], 'INCONCLUSIVE')).toBe('INCONCLUSIVE');
  });

  test('run in which something besides the load failed is FAIL', () => {
    const others = [passed('load'), failed('verdict'), failed('scenarios')];
    expect(runVerdict('failed', others, 'INCONCLUSIVE')).toBe('FAIL');
    expect(runVerdict('failed', [failed('load'), failed('verdict'), failed('scenarios')], 'BLOCKED')).toBe('FAIL');
    // For example, seeded rows could not be removed.
    expect(runVerdict('failed', [failed('load'), failed('verdict')], 'INCONCLUSIVE')).toBe('FAIL');
    expect(runVerdict('timedout', [passed('load'), passed('verdict')], 'INCONCLUSIVE')).toBe('FAIL');
  });
});
