import { expect, test } from '@playwright/test';
import { withAccepted, withoutAccepted } from '../../../../helpers/findings/accepted/accept-finding.ts';
import { exampleAccepted } from '../../support/examples/example-accepted.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

const today = new Date('2027-01-01T12:00:00Z');
const { findings } = exampleFindings();
const id = 'server-error-pay-replay-500';
const form = { kind: 'server-error', call: 'pay', circumstance: 'replay', status: 500, code: 'COMMON500' } as const;

test.describe('accepting a finding', () => {
  test('accepted finding is stored with its forms and at most 5 scenarios, after the earlier ones', () => {
    const other = exampleAccepted();
    const [first, accepted, ...more] = withAccepted(
      [other],
      findings,
      id,
      { why: ' known ', until: '2027-01-01' },
      today,
    );
    expect(first).toBe(other);
    expect(more).toEqual([]);
    expect(accepted).toMatchObject({ id, why: 'known', until: '2027-01-01', deviations: [form] });
    expect(accepted?.sentence).toMatch(/^A payment sent again with its key was answered 500/);
    expect(accepted?.scenarios).toHaveLength(5);
  });

  test('finding accepted again gets the new reason and date, and keeps its earlier forms', () => {
    const before = exampleAccepted({ id, until: '2027-01-02' });
    const again = withAccepted([before], findings, id, { why: 'longer', until: undefined }, today);
    expect(again).toEqual([expect.objectContaining({ id, why: 'longer', deviations: [...before.deviations, form] })]);
    expect(again[0]).not.toHaveProperty('until');
  });

  for (const { what, wanted = id, why, until, says } of [
    {
      what: 'unknown id',
      wanted: 'server-error-pay-replay',
      why: 'known',
      says: /^The last run has no finding server-error-pay-replay \(did you mean server-error-pay-replay-500\?\)\. It has: charged-twice/,
    },
    { what: 'missing reason', says: /^Say why it is accepted.*: --why "/ },
    { what: 'blank reason', why: ' ', says: /^Say why it is accepted/ },
    {
      what: 'date in another format',
      why: 'known',
      until: '1 March',
      says: /^--until is "1 March", but should be a day, such/,
    },
    { what: 'day that does not exist', why: 'known', until: '2027-02-30', says: /^--until is "2027-02-30"/ },
    {
      what: 'day in the past',
      why: 'known',
      until: '2026-12-31',
      says: /^--until is 2026-12-31, which is over: name a day from 2027-01-01/,
    },
  ]) {
    test(`${what} is refused, and the error says what to do`, () => {
      expect(() => withAccepted([], findings, wanted, { why, until }, today)).toThrow(says);
    });
  }

  test('accepting a finding of a run without findings is refused', () => {
    expect(() => withAccepted([], [], id, { why: 'known', until: undefined }, today)).toThrow(
      /It has no findings at all\.$/,
    );
  });

  test('forgotten finding is no longer accepted, and forgetting an unknown id is refused', () => {
    const [one, other] = [exampleAccepted({ id: 'one' }), exampleAccepted({ id: 'other' })];
    expect(withoutAccepted([one, other], 'one')).toEqual([other]);
    expect(() => withoutAccepted([one, other], 'othr')).toThrow(
      'othr is not an accepted finding (did you mean other?). These are: one, other.',
    );
    expect(() => withoutAccepted([], 'one')).toThrow('one is not an accepted finding. None is.');
  });
});
