import { expect, test } from '@playwright/test';
import { canCarryKey, fitsInHeader } from '../../../helpers/profile/key-carriage.ts';
import headerKey from '../../../helpers/profile/targets/header-key.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';

test.describe('key carriage', () => {
  test('header carries no key with surrounding blanks or non-ASCII characters', () => {
    expect(['k', 'a b', "a'b\\c", ''].filter((text) => !fitsInHeader(text))).toEqual([]);
    expect([' ', 'k ', ' k', 'k\n', 'é', '가'].filter(fitsInHeader)).toEqual([]);
  });

  test('body carries every key, a header only a fitting one, a call without keys none', () => {
    expect(canCarryKey(reference, 'pay', ' ')).toBe(true);
    expect(canCarryKey(headerKey, 'pay', ' ')).toBe(false);
    expect(canCarryKey(headerKey, 'createOrder', 'k')).toBe(true);
    const { chargeBalance } = reference.endpoints;
    const keyless = { endpoints: { ...reference.endpoints, chargeBalance: { ...chargeBalance, key: undefined } } };
    expect(canCarryKey(keyless, 'chargeBalance', 'k')).toBe(false);
  });
});
