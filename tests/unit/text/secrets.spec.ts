import { expect, test } from '@playwright/test';
import { safeErrorText } from '../../../helpers/report/safe-reporter.ts';
import { keepSecret, withoutSecrets } from '../../../helpers/text/secrets.ts';
import { shownLine, shownText } from '../../../helpers/text/shown-text.ts';
import { UserError } from '../../../helpers/text/user-error.ts';
import { withoutCredentials } from '../../../helpers/api/without-credentials.ts';

const secret = 'kept "secret" <&> 100%/=';

test.describe('secrets', () => {
  test.beforeAll(() => {
    keepSecret([secret, undefined, '', 'short', '12345678']);
  });

  test('secret is hidden in plain text, JSON, HTML, URLs and Base64', () => {
    for (const form of [
      secret,
      JSON.stringify({ a: secret }),
      encodeURIComponent(secret),
      'kept "secret" &lt;&amp;&gt; 100%/=',
      'kept &quot;secret&quot; &lt;&amp;&gt; 100%/=',
      Buffer.from(secret).toString('base64'),
    ]) {
      expect.soft(withoutSecrets(`before ${form} after`), form).toMatch(/^before (\{"a":")?\(hidden\)("\})?=* after$/);
    }
  });

  test('secret of 5 characters or 8 digits is not hidden', () => {
    const text = '{"orderId":12345678,"shortage":"short"}';
    expect(withoutSecrets(text)).toBe(text);
  });

  test('secret is in no shown text or user error, wherever the text is cut', () => {
    for (let max = 1; max < 60; max += 1)
      expect.soft(shownText(`${'x'.repeat(20)}${secret}`, max)).not.toContain('kept');
    expect(shownLine(`a\n${secret}`, 100)).toBe('a (hidden)');
    expect(new UserError(`wrong: ${secret}\u001b[2J`).stack).toBe('wrong: (hidden)');
  });

  test('credentials are hidden in an answer that repeats them', () => {
    const response = { status: 200, headers: { 'x-echo': 'Bearer of-this-user' }, body: `{"a":"of-this-user"}` };
    const shown = withoutCredentials(response, { authorization: 'Bearer of-this-user' });
    expect(shown.body).toBe('{"a":"(hidden)"}');
    expect(shown.headers).toEqual({ 'x-echo': 'Bearer (hidden)' });
    expect(withoutCredentials(response, undefined)).toBe(response);
  });

  test('error text keeps its colours and loses secrets and all other control characters', () => {
    expect(safeErrorText(`\u001b[31mred\u001b[39m \u001b[2J\u001b]0;title\u0007\u202e\r\n${secret}\u009b1A`)).toBe(
      '\u001b[31mred\u001b[39m \n(hidden)',
    );
  });

  test('long text is cut and followed by its length, control characters are dropped', () => {
    expect(shownText('x'.repeat(10), 10)).toBe('xxxxxxxxxx');
    expect(shownText('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxxx… (1000000 characters)');
    expect(shownText('a\u0000b\u202ec\r\nd', 10)).toBe('abc\nd');
  });
});
