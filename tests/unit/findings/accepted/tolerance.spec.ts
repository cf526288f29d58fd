import { expect, test } from '@playwright/test';
import { acceptedWhole, noTolerance, whyTolerated } from '../../../../helpers/findings/accepted/tolerance.ts';
import { exampleAccepted } from '../../support/examples/example-accepted.ts';

const stale = { kind: 'stale-view', call: 'getOrder', circumstance: 'once' } as const;
const wrongCause = { kind: 'wrong-cause', call: 'pay', circumstance: 'once', status: 400 } as const;
const known = exampleAccepted({ until: '2027-03-01' });
const accepting = { ...noTolerance, accepted: [known] };

test.describe('tolerance', () => {
  test('failed test is tolerated when everything it saw is accepted or less severe than FAIL_ON', () => {
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

  test('FAIL_ON fails its own severity and every worse one', () => {
    for (const failOn of ['major', 'minor'] as const) {
      expect(whyTolerated([wrongCause], { ...noTolerance, failOn })).toBeUndefined();
    }
  });

  test('accepted finding with a new form that FAIL_ON counts is not accepted', () => {
    const finding = { kind: stale.kind, deviations: [stale, wrongCause] };
    expect(acceptedWhole({ ...finding, deviations: [stale] }, accepting)).toBe(known);
    expect(acceptedWhole(finding, accepting)).toBeUndefined();
    expect(acceptedWhole(finding, { ...accepting, failOn: 'critical' })).toBe(known);
  });

  test('finding of which only a consequence is accepted is not accepted', () => {
    const finding = { kind: wrongCause.kind, deviations: [wrongCause, stale] };
    expect(acceptedWhole(finding, { ...accepting, failOn: 'critical' })).toBeUndefined();
  });
});
