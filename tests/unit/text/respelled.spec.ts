import { expect, test } from '@playwright/test';
import { respelled } from '../../../helpers/text/respelled.ts';

test.describe('respelled JSON', () => {
  test('respelled JSON reverses members on every level and keeps the order of arrays', () => {
    const text = respelled('{"a":[{"b":1,"c":null},{"d":[2,3]}],"e":"x"}');
    expect(JSON.stringify(JSON.parse(text))).toBe('{"e":"x","a":[{"c":null,"b":1},{"d":[2,3]}]}');
    expect(text).toContain('\n   "e"');
  });
});
