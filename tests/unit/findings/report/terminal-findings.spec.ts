import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Findings } from '../../../../helpers/findings/grouping/finding.ts';
import { terminalFindings } from '../../../../helpers/findings/report/terminal-findings.ts';
import { cleanFindings, exampleFindings } from '../../support/examples/example-findings.ts';
import { hostileFindings, manyFindings } from '../../support/examples/extreme-findings.ts';
import { counted } from '../../../../helpers/text/words/counted.ts';
import { hostileTexts } from '../../support/examples/example-load-summary.ts';

const options = { colour: false, folder: 'findings' };

const shown = (findings: Findings): string => terminalFindings(findings, options);

test.describe('terminal findings', () => {
  test('terminal shows verdict, findings by severity, what to fix first, and where the reports are', () => {
    const lines = shown(exampleFindings()).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'FINDINGS',
      '  FAIL  5 findings, 2 of them critical: one order was charged 4 times.',
      '  target reference: 14 scenarios passed, 22 failed, 47 not judged, 1 not applicable',
    ]);
    const severities = lines.flatMap(
      (line) => /^ {2}(critical|major|minor) +.*\((?:1 scenario|\d+ scenarios)\)$/.exec(line)?.[1] ?? [],
    );
    expect(severities).toEqual(['critical', 'critical', 'major', 'major', 'minor']);
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}Fix this first: One order of 30,000 won was charged 4 times/),
    );
    expect(lines).toContain('    See it: bash findings/01-charged-twice-pay-concurrent.sh');
    expect(lines).toContain('  1 finding accepted and not counted (1 minor)');
    expect(lines).toContain('  Fixed, no longer to be accepted: below-zero-pay-concurrent');
    expect(lines.at(-1)).toBe('  Findings: findings/index.html');
  });

  test('terminal says why scenarios could not be judged, and what is at stake', () => {
    const text = terminalFindings(exampleFindings(), {
      ...options,
      promiseSeverity: (id) => (id === 'replay-after-lost-answer' ? 'critical' : 'major'),
    });
    expect(text).toContain(
      '  46 scenarios could not be judged because replays answer 500; 1 promise about money or goods is among them.\n',
    );
    expect(text).toContain('  1 scenario could not be judged because no request waited for the locked row.\n');
    expect(text).toContain('  Fix what hides them first, and run again.\n');
    expect(shown(exampleFindings())).not.toContain('about money');
  });

  test('terminal names findings whose acceptance has expired', () => {
    const expired = [{ id: 'stale-view-get-order-once', until: '2026-01-01' }];
    expect(shown(exampleFindings({ expired }))).toContain(
      '  No longer accepted, the date is over: stale-view-get-order-once (until 2026-01-01)\n',
    );
  });

  for (const count of [0, 1, 13, 14, 500]) {
    test(`terminal with ${counted(count, 'finding')} has at most 40 lines of 112 columns`, () => {
      const lines = shown(manyFindings(count)).split('\n');
      expect(lines.length).toBeLessThanOrEqual(40);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(112);
      expect(lines.at(-1)).toBe('  Findings: findings/index.html');
    });
  }

  test('findings take fewer lines when other parts of the run need some', () => {
    const lines = terminalFindings(manyFindings(500), { ...options, maxLines: 29 }).split('\n');
    expect(lines).toHaveLength(29);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}… and 4\d\d more \(/));
  });

  test('sentence too long for a line continues on a second one if there is room', () => {
    const sentence = `${'x '.repeat(45)}is 40000 won and should be 50000.`;
    const findings = exampleFindings()
      .findings.slice(0, 1)
      .map((finding) => ({ ...finding, sentence }));
    expect(shown(exampleFindings({ findings }))).toMatch(
      /\n {2}critical {2}(?:x ){30,}.*\(\d+ scenarios?\)\n {12}(?:x )*is 40000 won and should be 50000\.\n/,
    );
    const many = Array.from({ length: 500 }, () => findings).flat();
    expect(shown(exampleFindings({ findings: many })).split('\n').length).toBeLessThanOrEqual(40);
  });

  test('findings that do not fit are counted by severity', () => {
    const text = shown(manyFindings(500));
    const rows = text.match(/^ {2}(?:critical|major|minor) /gm)?.length ?? 0;
    expect(text).toContain(`  … and ${500 - rows} more (${200 - rows} critical, 200 major, 100 minor): see the page\n`);
  });

  test('run without findings shows verdict and report paths alone', () => {
    expect(shown(cleanFindings())).toBe(
      [
        'FINDINGS',
        '  PASS  All 14 scenarios passed.',
        '  target reference: 14 scenarios passed, 0 failed, 1 not applicable',
        '',
        '  Findings: findings/index.html',
      ].join('\n'),
    );
  });

  test('coloured text differs from the plain one in nothing but colours', () => {
    const coloured = terminalFindings(exampleFindings(), { ...options, colour: true });
    expect(coloured).toContain('\u001b[31mcritical\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(shown(exampleFindings()));
  });

  test('text from a target cannot control the terminal, add lines or turn the writing direction', () => {
    const harmless = shown(hostileFindings('harmless')).split('\n').length;
    for (const text of [...hostileTexts, '\u001b[31mred\u001b]0;title\u0007\nFAKE']) {
      const hostile = shown(hostileFindings(text));
      expect(hostile.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(hostile.split('\n').length - harmless).toBeLessThanOrEqual(8);
      expect(hostile).not.toMatch(/^FAKE/m);
    }
  });
});
