import { expect, test } from '@playwright/test';
import { fitColumns, foldColumns } from '../../../../helpers/text/terminal/fit-columns.ts';

test.describe('columns of a terminal', () => {
  test('text that is too long is cut to the columns, of which a Korean letter takes two', () => {
    expect(fitColumns('one two', 7)).toBe('one two');
    expect(fitColumns('one two', 6)).toBe('one t…');
    expect(fitColumns('잔액 부족', 9)).toBe('잔액 부족');
    expect(fitColumns('잔액 부족', 8)).toBe('잔액 부…');
    expect(fitColumns('one\n\u001b[31mtwo\u202e', 20)).toBe('one two');
  });

  test('text is folded at spaces, or within a word that is longer than a line', () => {
    expect(foldColumns('one two three', 7, 3)).toEqual(['one two', 'three']);
    expect(foldColumns('잔액이 부족합니다', 7, 3)).toEqual(['잔액이', '부족합', '니다']);
    expect(foldColumns('abcdefghij kl', 4, 9)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(foldColumns('one two three four', 7, 2)).toEqual(['one two', 'three…']);
    expect(foldColumns(' ', 7, 2)).toEqual([]);
  });
});
