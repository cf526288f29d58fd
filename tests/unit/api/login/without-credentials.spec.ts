import { expect, test } from '@playwright/test';
import { withoutCredentials } from '../../../../helpers/api/login/without-credentials.ts';

test.describe('credentials in answers', () => {
  test('credentials are hidden in an answer that repeats them', () => {
    const response = { status: 200, headers: { 'x-echo': 'Bearer of-this-user' }, body: `{"a":"of-this-user"}` };
    const shown = withoutCredentials(response, { authorization: 'Bearer of-this-user' });
    expect(shown.body).toBe('{"a":"(hidden)"}');
    expect(shown.headers).toEqual({ 'x-echo': 'Bearer (hidden)' });
    expect(withoutCredentials(response, undefined)).toBe(response);
  });
});
