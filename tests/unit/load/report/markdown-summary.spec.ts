import { expect, test } from '@playwright/test';
import { markdownSummary } from '../../../../helpers/load/report/markdown-summary.ts';
import { markdownBlock, markdownCode, markdownText } from '../../../../helpers/load/report/markdown-text.ts';
import { exampleSummary, exhaustedSummary, hostileSummary, hostileTexts } from '../../support/example-load-summary.ts';

/** What of a Markdown text is not code. */
const withoutCode = (markdown: string): string =>
  markdown
    .replace(/^(?<fence>`{3,})text\n.*?\n\k<fence>$/gms, '(block)')
    .replace(/(?<![\\`])(?<ticks>`+)(?!`)[^\n]*?(?<!`)\k<ticks>(?!`)/g, '(code)');

/** Cells of a row, as GitHub splits it: at every bar that no backslash precedes. */
const cells = (row: string): number => row.split(/(?<!\\)\|/).length - 2;

test.describe('Markdown summary of a load run', () => {
  test('says in its heading what came of the run, and why below it', () => {
    expect(markdownSummary(exampleSummary())).toMatch(/^## ✅ PASS: load run `ramp`\n\n\*\*All thresholds hold/);
    expect(markdownSummary(exhaustedSummary())).toMatch(/^## ❌ FAIL: load run `ramp`\n/);
  });

  test('has a row for each threshold, refusal and metric', () => {
    const shown = markdownSummary(exhaustedSummary());
    expect(shown).toMatch(/^\| ✅ \| `http_req_duration` \| `p\(95\)<500` \| 298\.73 ms \| [\d,]+ \|$/m);
    expect(shown).toMatch(/^\| ➖ \| `replay_duration` \| `p\(95\)<500` \| not measured \| 0 \|$/m);
    expect(shown).toMatch(/^\| payment \| balance \| `409 PAY001` \| [\d,]+ \| \d+\.\d\d % \| 141\.3 s \|$/m);
    expect(shown).toMatch(/^\| `iteration_duration` \| [\d,]+ \| 207\.38 \|/m);
  });

  test('says what was not measured, refused or audited', () => {
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

  test('a text is shown as it is: nothing in it is a link, HTML, emphasis, a cell or a mention', () => {
    expect(markdownText('a | b **c** [d](e) <f> &amp; `g` @h')).toBe(
      'a &#124; b \\*\\*c\\*\\* \\[d\\](e) \\<f\\> &amp;amp; \\`g\\` &#64;h',
    );
    expect(markdownText('https://evil.example www.evil.example')).toBe('https&#58;//evil.example www&#46;evil.example');
    expect(['- a', '1. a', '# a', '> a', '=== a'].map(markdownText)).toEqual([
      '\\- a',
      '1\\. a',
      '\\# a',
      '\\> a',
      '\\=== a',
    ]);
    expect(markdownText('one\n\n# two\u202e')).toBe('one  \\# two');
  });

  test('a code span is longer than the backticks in it, and has no bar', () => {
    expect(markdownCode('p(95)<1000')).toBe('`p(95)<1000`');
    expect(markdownCode('a `` b ` c')).toBe('``` a `` b ` c ```');
    expect(markdownCode('a\\|b')).toBe('a\\\\&#124;b');
    expect(markdownCode('')).toBe('');
  });

  test('a block ends only with its own fence', () => {
    expect(markdownBlock('{"a":\r\n1}')).toBe('```text\n{"a":\n1}\n```');
    expect(markdownBlock('x\n`````\n<b>')).toBe('``````text\nx\n`````\n<b>\n``````');
  });

  test('a target cannot get out of the place that its texts have', () => {
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
