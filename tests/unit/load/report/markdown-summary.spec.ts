import { expect, test } from '@playwright/test';
import { markdownSummary } from '../../../../helpers/load/report/markdown-summary.ts';
import {
  exampleSummary,
  exhaustedSummary,
  hostileSummary,
  hostileTexts,
} from '../../support/examples/example-load-summary.ts';
import { cells, withoutCode } from '../../support/outputs/markdown-outline.ts';

test.describe('Markdown summary', () => {
  test('Markdown summary has the verdict in its heading and the reason below', () => {
    expect(markdownSummary(exampleSummary())).toMatch(/^## ✅ PASS: load run `ramp`\n\n\*\*All thresholds hold/);
    expect(markdownSummary(exhaustedSummary())).toMatch(/^## ❌ FAIL: load run `ramp`\n/);
  });

  test('Markdown summary has a row for each threshold, refusal and metric', () => {
    const shown = markdownSummary(exhaustedSummary());
    expect(shown).toMatch(/^\| ✅ \| `http_req_duration` \| `p\(95\)<500` \| 298\.73 ms \| [\d,]+ \|$/m);
    expect(shown).toMatch(/^\| ➖ \| `replay_duration` \| `p\(95\)<500` \| not measured \| 0 \|$/m);
    expect(shown).toMatch(/^\| payment \| balance \| `409 PAY001` \| [\d,]+ \| \d+\.\d\d % \| 141\.3 s \|$/m);
    expect(shown).toMatch(/^\| `iteration_duration` \| [\d,]+ \| 207\.38 \|/m);
  });

  test('Markdown summary says what was not measured, refused or audited', () => {
    const { ledger } = exampleSummary();
    const shown = markdownSummary(
      exampleSummary({
        metrics: { order_duration: { type: 'trend', n: 0 } },
        refusals: [],
        thresholds: [],
        ledger: { ...ledger, audited: false, notAudited: 'without a database' },
      }),
    );
    expect(shown).toContain('| `order_duration` | not measured | – |');
    expect(shown).toContain('Nothing was refused.');
    expect(shown).toContain('### Thresholds\n\nNone.');
    expect(shown).toContain('Not audited (without a database)');
  });

  test('text from a target cannot break out of its place in the Markdown summary', () => {
    const rows = (markdown: string): number[] =>
      markdown
        .split('\n')
        .filter((line) => line.startsWith('|'))
        .map(cells);
    const outline = (markdown: string): string[] => markdown.split('\n').filter((line) => line.startsWith('#'));
    const harmless = withoutCode(markdownSummary(hostileSummary('harmless')));
    for (const text of hostileTexts) {
      const shown = withoutCode(markdownSummary(hostileSummary(text)));
      expect(rows(shown), text).toEqual(rows(harmless));
      expect(outline(shown), text).toEqual(outline(harmless));
      expect(shown, text).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary)>)|https:\/\/|www\./);
      expect(shown, text).not.toMatch(/[\u2028\u202e]|(?!\n)\p{Cc}/u);
    }
  });
});
