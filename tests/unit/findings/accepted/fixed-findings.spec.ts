import { expect, test } from '@playwright/test';
import type { EndedScenario } from '../../../../helpers/findings/grouping/ended-scenario.ts';
import { findingsOfRun } from '../../../../helpers/findings/grouping/findings-of-run.ts';
import { noTolerance } from '../../../../helpers/findings/accepted/tolerance.ts';
import { exampleAccepted } from '../../support/examples/example-accepted.ts';

const file = 'contract/read-after-write.spec.ts';
const scenarios = ['paid', 'cancelled'].map((title) => ({ file, title }));
const known = exampleAccepted({ scenarios });
const tolerance = { ...noTolerance, accepted: [known] };

const passed = (title: string): EndedScenario => ({ file, title, status: 'passed' });
const failed = (title: string, code?: string): EndedScenario => ({
  ...{ file, title, status: 'failed', error: 'Error: …' },
  observed: {
    ...{ exchanges: [], gate: [] },
    deviations: [
      {
        ...{ kind: 'stale-view', call: 'getOrder', circumstance: 'once', sentence: 'Old.', numbers: {}, details: [] },
        ...(code !== undefined && { code }),
      },
    ],
  },
});

test.describe('accepted findings of a run', () => {
  test('accepted finding is fixed once every scenario that showed it passes and no other shows it', () => {
    const fixedOf = (...ended: EndedScenario[]) => findingsOfRun(ended, tolerance).fixed;
    expect(fixedOf(passed('paid'), passed('cancelled'))).toEqual([known.id]);
    expect(fixedOf(passed('paid')), 'the other did not run').toEqual([]);
    expect(fixedOf(passed('paid'), { ...passed('cancelled'), status: 'notJudged' })).toEqual([]);
    expect(fixedOf(passed('paid'), passed('cancelled'), failed('paid')), 'repeated').toEqual([]);
    expect(fixedOf(passed('paid'), passed('cancelled'), failed('another'))).toEqual([]);
  });

  test('accepted finding that occurs again stays accepted, with all its forms in findings.json', () => {
    const { findings, fixed } = findingsOfRun([failed('paid'), failed('cancelled')], tolerance);
    expect(fixed).toEqual([]);
    expect(findings).toEqual([expect.objectContaining({ accepted: { why: known.why }, deviations: known.deviations })]);
  });

  test('accepted finding that occurs in a new form is no longer accepted', () => {
    const { findings } = findingsOfRun([failed('paid'), failed('cancelled', 'E9')], tolerance);
    expect(findings[0]).not.toHaveProperty('accepted');
    expect(findings[0]?.deviations).toEqual([...known.deviations, { ...known.deviations[0], code: 'E9' }]);
  });

  test('finding whose acceptance has expired is reported as expired when it occurs, and is not accepted', () => {
    const expired = { ...noTolerance, expired: [{ ...known, until: '2026-01-01' }] };
    const again = findingsOfRun([failed('paid')], expired);
    expect(again.findings[0]).not.toHaveProperty('accepted');
    expect(again.expired).toEqual([{ id: known.id, until: '2026-01-01' }]);
    const gone = findingsOfRun([passed('paid'), passed('cancelled')], expired);
    expect(gone).toMatchObject({ expired: [], fixed: [known.id] });
  });
});
