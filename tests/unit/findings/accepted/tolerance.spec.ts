import { expect, test } from '@playwright/test';
import { acceptedWhole, noTolerance, whyTolerated } from '../../../../helpers/findings/accepted/tolerance.ts';
import { exampleAccepted } from '../../support/examples/example-accepted.ts';

const stale = { kind: 'stale-view', call: 'getOrder', circumstance: 'once' } as const;
const wrongCause = { kind: 'wrong-cause', call: 'pay', circumstance: 'once', status: 400 } as const;
const known = exampleAccepted({ until: '2027-03-01' });
const accepting = { ...noTolerance, accepted: [known] };

test.describe('tolerance', () => {
  test('failed test is put up with where all that it saw is accepted or less severe than FAIL_ON', () => {
    expect(whyTolerated([stale], noTolerance)).toBeUndefined();
    expect(whyTolerated([], accepting)).toBeUndefined();
    expect(whyTolerated([stale, wrongCause], accepting)).toBeUndefined();
    expect(whyTolerated([stale, stale], accepting)).toEqual([
      { type: 'accepted', description: 'stale-view-getorder-once until 2027-03-01: the clients poll' },
    ]);
    expect(whyTolerated([stale, wrongCause], { ...accepting, failOn: 'critical' })).toEqual([
      { type: 'accepted', description: 'stale-view-getorder-once until 2027-03-01: the clients poll' },
      { type: 'below FAIL_ON', description: 'major: a refusal named another cause than the true one' },
    ]);
  });

  test('FAIL_ON counts its own severity and all worse ones', () => {
    for (const failOn of ['major', 'minor'] as const) {
      expect(whyTolerated([wrongCause], { ...noTolerance, failOn })).toBeUndefined();
    }
  });

  test('finding is accepted whole: a new form that would fail a run is a new finding', () => {
    const finding = { kind: stale.kind, deviations: [stale, wrongCause] };
    expect(acceptedWhole({ ...finding, deviations: [stale] }, accepting)).toBe(known);
    expect(acceptedWhole(finding, accepting)).toBeUndefined();
    expect(acceptedWhole(finding, { ...accepting, failOn: 'critical' })).toBe(known);
  });

  test('finding whose consequence alone is accepted is not', () => {
    const finding = { kind: wrongCause.kind, deviations: [wrongCause, stale] };
    expect(acceptedWhole(finding, { ...accepting, failOn: 'critical' })).toBeUndefined();
  });
});
