import { expect, test } from '@playwright/test';
import type { Findings } from '../../../../helpers/findings/grouping/finding.ts';
import { markdownFindings } from '../../../../helpers/findings/report/markdown-findings.ts';
import { cleanFindings, exampleFindings, examplePromise } from '../../support/examples/example-findings.ts';
import { hostileFindings, manyFindings } from '../../support/examples/extreme-findings.ts';
import { hostileTexts } from '../../support/examples/example-load-summary.ts';
import { cells, withoutCode } from '../../support/outputs/markdown-outline.ts';

const shown = (findings: Findings): string =>
  markdownFindings(findings, { folder: 'findings', promiseSentence: examplePromise });

const linesThat = (markdown: string, start: RegExp): string[] =>
  markdown.split('\n').filter((line) => start.test(line));

test.describe('Markdown findings', () => {
  test('Markdown has verdict, a row for each finding, what to fix first, and the evidence', () => {
    const markdown = shown(exampleFindings());
    expect(markdown).toMatch(/^## ❌ FAIL: findings about `reference`\n\n\*\*5 findings, 2 of them critical/);
    expect(linesThat(markdown, /^\| [🔴🟠⚪]/u)).toHaveLength(5);
    expect(markdown).toMatch(
      /^\| 🟠 major \| A payment sent again .* \| 14 \| `02-server-error-pay-replay-500\.sh` \|$/m,
    );
    expect(markdown).toContain('### Fix this first\n\nOne order of 30,000 won was charged 4 times');
    expect(markdown).toContain('\n`bash findings/01-charged-twice-pay-concurrent.sh`\n');
    expect(markdown).toContain('- An order is debited at most once, whatever is sent.\n');
    expect(markdown).toContain('POST /api/payments  (key pay-99b0e417-1c2d), sent at 43 ms\n');
    expect(markdown).toContain('- 46 scenarios, because replays answer 500\n');
    expect(markdown).toContain('Accepted until 2026-12-31: The view is served from a replica; the clients poll.');
    expect(markdown).toContain('- ✅ `below-zero-pay-concurrent` is fixed');
    const expired = [{ id: 'stale-view-get-order-once', until: '2026-01-01' }];
    expect(shown(exampleFindings({ expired }))).toContain(
      '- ⚠️ `stale-view-get-order-once` was accepted until 2026-01-01, which is over\n',
    );
  });

  test('Markdown of a run without findings is its verdict and counts', () => {
    expect(shown(cleanFindings())).toBe(
      '## ✅ PASS: findings about `reference`\n\n**All 14 scenarios passed.**\n\n14 scenarios passed, 0 failed, 1 not applicable.\n',
    );
  });

  test('Markdown of 500 findings stays below the 1 MiB that GitHub shows', () => {
    const findings = manyFindings(500);
    const long = 'x'.repeat(5000);
    const markdown = shown({
      ...findings,
      findings: findings.findings.map((finding) => ({
        ...finding,
        sentence: long,
        details: Array.from({ length: 20 }, () => long),
        evidence: {
          ...finding.evidence,
          exchanges: finding.evidence.exchanges.flatMap((exchange) =>
            Array.from({ length: 10 }, () => ({ ...exchange, body: long, answer: long })),
          ),
        },
      })),
    });
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown).toContain('\n… and 400 more (100 critical, 200 major, 100 minor).\n');
  });

  test('text from a target cannot break out of its place in the Markdown', () => {
    const rows = (markdown: string): number[] => linesThat(markdown, /^\|/).map(cells);
    const outline = (markdown: string): string[] => linesThat(markdown, /^#/).map((line) => line.replace(/ .*/, ''));
    const harmless = withoutCode(shown(hostileFindings('harmless')));
    for (const text of hostileTexts) {
      const markdown = withoutCode(shown(hostileFindings(text)));
      expect(rows(markdown), text).toEqual(rows(harmless));
      expect(outline(markdown), text).toEqual(outline(harmless));
      expect(markdown, text).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary)>)|https:\/\/|www\./);
      // In a line of HTML no escape of Markdown holds.
      expect(
        linesThat(markdown, /^</).filter((line) => !/^<\/?details>(?:<summary>[\w, ]+<\/summary>)?$/.test(line)),
      ).toEqual([]);
      expect(markdown, text).not.toMatch(/[\u2028\u202e]|(?!\n)\p{Cc}/u);
    }
  });
});
