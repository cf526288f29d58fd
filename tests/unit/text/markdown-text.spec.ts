import { expect, test } from '@playwright/test';
import { markdownBlock, markdownCode, markdownText } from '../../../helpers/text/markdown-text.ts';

test.describe('Markdown text', () => {
  test('text with links, HTML, emphasis, cells or mentions in it is shown literally', () => {
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

  test('code span is fenced by more backticks than it contains and has no bar', () => {
    expect(markdownCode('p(95)<1000')).toBe('`p(95)<1000`');
    expect(markdownCode('a `` b ` c')).toBe('``` a `` b ` c ```');
    expect(markdownCode('a\\|b')).toBe('a\\\\&#124;b');
    expect(markdownCode('')).toBe('');
  });

  test('code block is fenced by more backticks than it contains', () => {
    expect(markdownBlock('{"a":\r\n1}')).toBe('```text\n{"a":\n1}\n```');
    expect(markdownBlock('x\n`````\n<b>')).toBe('``````text\nx\n`````\n<b>\n``````');
  });
});
