import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { parseSettings } from '../../../helpers/settings/settings.ts';

const both = 'http://a:1/,http://b:2';

test.describe('instances in the settings', () => {
  test('first of BASE_URLS is the API, and the others are further instances of it', () => {
    expect(parseSettings({ BASE_URLS: both })).toMatchObject({
      ...{ baseUrl: 'http://a:1', otherInstances: ['http://b:2'], usesBundledShop: false },
    });
    expect(parseSettings({ BASE_URL: 'http://a:1', BASE_URLS: both })).toEqual(parseSettings({ BASE_URLS: both }));
    expect(parseSettings({ BASE_URL: 'http://a:1' }).otherInstances).toEqual([]);
  });

  test('BASE_URL that is not the first of BASE_URLS is refused with what to do', () => {
    expect(() => parseSettings({ BASE_URL: 'http://b:2', BASE_URLS: both })).toThrow(
      'BASE_URL is "http://b:2", but BASE_URLS begins with "http://a:1". Unset BASE_URL, or put it first in BASE_URLS.',
    );
  });

  test('SHOP_FAULT with BASE_URLS alone is refused by that name', () => {
    expect(() => parseSettings({ SHOP_FAULT: 'oversell', BASE_URLS: both })).toThrow('but BASE_URLS is set');
  });

  test('second instance of the bundled shop counts only where that shop is tested', () => {
    const started = {
      BUNDLED_SHOP_URL: 'http://127.0.0.1:4000',
      BUNDLED_SHOP_OTHER_URL: 'http://127.0.0.1:4001',
      BUNDLED_SHOP_DB: '127.0.0.1:5000',
    };
    expect(parseSettings(started).otherInstances).toEqual(['http://127.0.0.1:4001']);
    expect(parseSettings({ ...started, BASE_URL: 'http://shop' }).otherInstances).toEqual([]);
    expect(parseSettings({ ...started, BASE_URLS: both }).otherInstances).toEqual(['http://b:2']);
  });
});
