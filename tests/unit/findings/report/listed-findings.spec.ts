import { expect, test } from '@playwright/test';
import { listedFindings } from '../../../../helpers/findings/report/listed-findings.ts';
import { noTolerance } from '../../../../helpers/findings/accepted/tolerance.ts';
import { exampleAccepted } from '../../support/examples/example-accepted.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';
import { hostileFindings } from '../../support/examples/extreme-findings.ts';

const form = { kind: 'wrong-status', call: 'getBalance', circumstance: 'boundary', status: 200 } as const;
const known = exampleAccepted({ id: 'known', why: 'old clients', until: '2027-03-01', deviations: [form] });

test.describe('list of findings', () => {
  test('list shows each finding with id, severity, scenarios and sentence, and whether it is accepted', () => {
    const lines = listedFindings(exampleFindings(), { ...noTolerance, accepted: [known] }).split('\n');
    expect(lines[0]).toBe(
      'Last run, target reference: FAIL, 5 findings, 2 of them critical: one order was charged 4 times.',
    );
    expect(lines.slice(2, 5)).toEqual([
      'critical  charged-twice-pay-concurrent (4 scenarios)',
      expect.stringMatching(/^ {10}One order of 30,000 won was charged 4 times/),
      '          not accepted',
    ]);
    expect(lines).toContain('          accepted until 2027-03-01: old clients');
  });

  test('list names new forms of accepted findings and expired dates', () => {
    const { findings, ...rest } = exampleFindings();
    const withNewForm = findings.map((finding) =>
      finding.kind === form.kind ? { ...finding, deviations: [form, { ...form, status: 500 }] } : finding,
    );
    const text = listedFindings({ ...rest, findings: withNewForm }, { ...noTolerance, accepted: [known] });
    expect(text).toContain('\n          not accepted: it shows in a new form, which known does not cover\n');
    expect(listedFindings(exampleFindings(), { ...noTolerance, expired: [known] })).toContain(
      '\n          no longer accepted, the date is over until 2027-03-01: old clients\n',
    );
  });

  test('list names accepted findings that were not found', () => {
    const gone = exampleAccepted({ id: 'below-zero-pay-concurrent', deviations: [{ ...form, status: 1 }] });
    const other = { ...gone, id: 'other' };
    expect(listedFindings(exampleFindings(), { ...noTolerance, accepted: [gone, other] })).toMatch(
      /\nAccepted, and not found in this run: below-zero-pay-concurrent \(fixed\), other \(not every scenario that .*\)$/,
    );
  });

  test('text from a target cannot control the terminal', () => {
    const text = listedFindings(hostileFindings('a\u001b[31m\u202eb\nc'), noTolerance);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});
