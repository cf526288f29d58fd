import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import { briefSummary } from '../../../../helpers/load/report/brief-summary.ts';
import {
  exampleLoadFinding,
  exampleSummary,
  exhaustedSummary,
  hostileSummary,
  hostileTexts,
} from '../../support/examples/example-load-summary.ts';

const shown = (summary = exampleSummary()): string => briefSummary(summary, { colour: false });

test.describe('brief summary of a load run', () => {
  test('brief summary of a good run is its verdict', () => {
    expect(shown()).toMatch(
      /^LOAD ramp {2}[\d,]+ iterations, [\d,]+ requests in .*\n {2}PASS {2}All thresholds hold.*$/,
    );
  });

  test('brief summary shows the findings and the diagnosis', () => {
    const lines = shown(exhaustedSummary()).split('\n');
    expect(lines[1]).toMatch(/^ {2}FAIL {2}The threshold payment_success rate>0\.99 was crossed/);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}balance {2}/));
    const found = shown(exampleSummary({ findings: [exampleLoadFinding()] }));
    expect(found).toContain('\n  critical  Payment');
  });

  test('brief summary has at most six lines of at most 112 columns', () => {
    const sentence = 'x '.repeat(400);
    const many = exampleSummary({
      reason: sentence,
      findings: Array.from({ length: 20 }, () => exampleLoadFinding({ sentence })),
    });
    const lines = shown(many).split('\n');
    expect(lines).toHaveLength(6);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(112);
    expect(lines.at(-1)).toBe('  … and 18 more: see the load report');
  });

  test('coloured text differs only in colours, and text from a target cannot control the terminal', () => {
    const coloured = briefSummary(exhaustedSummary(), { colour: true });
    expect(coloured).toContain('\u001b[31mFAIL\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(shown(exhaustedSummary()));
    for (const text of hostileTexts) {
      expect(shown(hostileSummary(text)).replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u,
      );
    }
  });
});
