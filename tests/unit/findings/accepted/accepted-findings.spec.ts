import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  acceptedAs,
  acceptedFile,
  readAccepted,
  writeAccepted,
} from '../../../../helpers/findings/accepted/accepted-findings.ts';
import { signaturesOf } from '../../../../helpers/findings/grouping/signature.ts';
import { toleranceFor } from '../../../../helpers/findings/accepted/tolerance.ts';
import { keepSecret } from '../../../../helpers/text/secrets.ts';
import { exampleAccepted } from '../../support/examples/example-accepted.ts';

test.describe('accepted findings', () => {
  test('file stands beside the profile, is sorted by id, and reads back as it was written', ({}, testInfo) => {
    const file = acceptedFile(testInfo.outputPath('my-shop.ts'));
    expect(file).toBe(testInfo.outputPath('my-shop.accepted.json'));
    expect(readAccepted(file)).toEqual([]);
    const [a, b] = [exampleAccepted({ id: 'a', until: '2027-03-01' }), exampleAccepted({ id: 'b' })];
    writeAccepted(file, [b, a]);
    expect(readFileSync(file, 'utf8')).toMatch(/^\{\n {2}"accepted": \[\n {4}\{\n {6}"id": "a",/);
    expect(readAccepted(file)).toEqual([a, b]);
  });

  for (const { what, text, says } of [
    {
      what: 'is no JSON',
      text: '<<<<<<< ours',
      says: /accepted\.json is not a list of accepted findings: SyntaxError/,
    },
    { what: 'has a wrong date', text: { accepted: [exampleAccepted({ until: '1.3.2027' })] }, says: /ISO date/ },
    { what: 'has no reason', text: { accepted: [exampleAccepted({ why: '' })] }, says: /accepted\[0\]\.why/ },
    { what: 'has an unknown member', text: { accepted: [], ignore: [] }, says: /"ignore"/ },
  ]) {
    test(`file that ${what} is refused, and the error says what to do`, ({}, testInfo) => {
      const file = testInfo.outputPath('shop.accepted.json');
      writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text));
      expect(() => readAccepted(file)).toThrow(says);
      expect(() => readAccepted(file)).toThrow(/Correct it, or delete it and accept the findings again\.$/);
    });
  }

  test('finding is accepted up to and including its last day', ({}, testInfo) => {
    const profile = testInfo.outputPath('shop.ts');
    const known = exampleAccepted({ until: '2027-03-01' });
    writeAccepted(acceptedFile(profile), [known]);
    const on = (moment: string) => toleranceFor(profile, 'minor', new Date(moment));
    expect(on('2027-03-01T23:59:59Z')).toEqual({ accepted: [known], expired: [], failOn: 'minor' });
    expect(on('2027-03-02T00:00:00Z')).toEqual({ accepted: [], expired: [known], failOn: 'minor' });
  });

  test('deviation is recognised by kind, call, circumstance, status and code, and not by its sentence', () => {
    const form = { kind: 'wrong-status', call: 'pay', circumstance: 'once', status: 400, code: 'P1' } as const;
    const known = exampleAccepted({ deviations: [form] });
    const seen = { ...form, sentence: 'A payment …', numbers: { seen: 400 }, details: [] };
    expect(acceptedAs(seen, [known])).toBe(known);
    for (const other of [
      { kind: 'wrong-cause' } as const,
      { call: undefined },
      { circumstance: 'replay' } as const,
      { status: 404 },
      { code: 'P2' },
    ]) {
      expect(acceptedAs({ ...seen, ...other }, [known])).toBeUndefined();
    }
  });

  test('code whose secret was masked is recognised', () => {
    keepSecret(['hunter-2-hunter']);
    const seen = { kind: 'wrong-status', circumstance: 'once', code: 'E hunter-2-hunter\u001b[31m' } as const;
    const written = signaturesOf([seen, { ...seen }]);
    expect(written).toEqual([
      { kind: 'wrong-status', circumstance: 'once', code: expect.not.stringContaining('hunter-2') },
    ]);
    expect(acceptedAs(seen, [exampleAccepted({ deviations: written })])).toBeDefined();
  });
});
