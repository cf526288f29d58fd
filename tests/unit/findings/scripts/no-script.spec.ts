import { expect, test } from '@playwright/test';
import type { Finding } from '../../../../helpers/findings/grouping/finding.ts';
import { scriptsOf } from '../../../../helpers/findings/scripts/scripts-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

const noRows = { accounts: [], products: [], orders: [], items: [], payments: [] };

/** The first example, without its script. */
const example = (): Finding => {
  const [finding] = exampleFindings().findings;
  if (!finding) throw new Error('There is no example.');
  const { script, ...unscripted } = finding;
  expect(script).toBeDefined();
  return unscripted;
};

/** Returns why there is no script for a finding that is like the first example but for some parts. */
const reasonFor = (changes: Partial<Finding>, evidence: Partial<Finding['evidence']> = {}): string | undefined => {
  const finding = example();
  const rows = { before: noRows, after: noRows };
  const changed = { ...finding, ...changes, evidence: { ...finding.evidence, rows, ...evidence } };
  const { findings, scripts } = scriptsOf(exampleFindings({ findings: [changed] }), reference);
  expect(scripts.size).toBe(0);
  expect(findings.findings[0]?.script).toBeUndefined();
  return findings.findings[0]?.noScript;
};

test.describe('a finding without a script says why', () => {
  test('one that only a crash shows', () => {
    expect(reasonFor({ circumstance: 'after-crash' })).toContain('only when the API or its database is killed');
  });

  test('one whose evidence has no rows', () => {
    expect(reasonFor({}, { rows: undefined })).toContain('does not hold all that was sent, or no rows');
  });

  test('one whose request has a header, or a body, of which a part is hidden as a secret', () => {
    const first = example().evidence.exchanges.slice(0, 1);
    const hidden = [{ headers: { 'content-type': '(hidden)/xml' } }, { body: '{"userId":(hidden)}' }];
    for (const part of hidden) {
      const exchanges = first.map((one) => ({ ...one, ...part }));
      expect(reasonFor({}, { exchanges })).toContain('does not hold all that was sent');
    }
    const exchanges = first.map((one) => ({ ...one, headers: { 'content-type': 'application/xml' } }));
    expect(reasonFor({}, { exchanges })).not.toContain('does not hold');
  });

  test('one that takes too many requests, and how many', () => {
    const exchanges = Array.from({ length: 161 }, () => example().evidence.exchanges[0]).flatMap((one) => one ?? []);
    expect(reasonFor({}, { exchanges })).toBe('it takes 161 requests, more than anybody would read');
  });

  test('one that holds two rows at once', () => {
    const held = [1, 2].map((id) => ({ what: 'hold', row: 'user', id, atMs: 1, untilMs: 9 }) as const);
    expect(reasonFor({}, { interventions: held })).toContain('two locks');
  });

  test('one that no single answer or row shows', () => {
    const plain = { at: undefined, check: undefined, numbers: {}, error: 'Error: something else is so' };
    expect(reasonFor({ kind: 'wrong-content', sentence: 'Something is so.' }, plain)).toContain('which answer or row');
  });
});
