import { expect, test } from '@playwright/test';
import { reorderJson } from '../../../helpers/text/reorder-json.ts';

test.describe('reordered JSON', () => {
  test('reordered JSON reverses members on every level and keeps the order of arrays', () => {
    const text = reorderJson('{"a":[{"b":1,"c":null},{"d":[2,3]}],"e":"x"}');
    expect(JSON.stringify(JSON.parse(text))).toBe('{"e":"x","a":[{"c":null,"b":1},{"d":[2,3]}]}');
    expect(text).toContain('\n   "e"');
  });
});
