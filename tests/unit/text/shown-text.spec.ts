import { expect, test } from '@playwright/test';
import { shownText } from '../../../helpers/text/shown-text.ts';

test.describe('shown text', () => {
  test('long text is cut and followed by its length, control characters are dropped', () => {
    expect(shownText('x'.repeat(10), 10)).toBe('xxxxxxxxxx');
    expect(shownText('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxxx… (1000000 characters)');
    expect(shownText('a\u0000b\u202ec\r\nd', 10)).toBe('abc\nd');
  });
});
