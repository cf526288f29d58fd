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

  test('are hidden as they are, and as JSON, HTML, addresses and Base64 have them', () => {
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

  test('what is too short or plain to be told from ordinary content is not looked for', () => {
    const text = '{"orderId":12345678,"shortage":"short"}';
    expect(withoutSecrets(text)).toBe(text);
  });

  test('are in no text that people are shown, however it is cut', () => {
    for (let most = 1; most < 60; most += 1)
      expect.soft(shownText(`${'x'.repeat(20)}${secret}`, most)).not.toContain('kept');
    expect(shownLine(`a\n${secret}`, 100)).toBe('a (hidden)');
    expect(new UserError(`wrong: ${secret}\u001b[2J`).stack).toBe('wrong: (hidden)');
  });

  test('go out of an answer that repeats them, and so does what proved who asked', () => {
    const response = { status: 200, headers: { 'x-echo': 'Bearer of-this-user' }, body: `{"a":"of-this-user"}` };
    const shown = withoutCredentials(response, { authorization: 'Bearer of-this-user' });
    expect(shown.body).toBe('{"a":"(hidden)"}');
    expect(shown.headers).toEqual({ 'x-echo': 'Bearer (hidden)' });
    expect(withoutCredentials(response, undefined)).toBe(response);
  });

  test('an error of any origin keeps its colours, and nothing else that steers a terminal', () => {
    expect(safeErrorText(`\u001b[31mred\u001b[39m \u001b[2J\u001b]0;title\u0007\u202e\r\n${secret}\u009b1A`)).toBe(
      '\u001b[31mred\u001b[39m \n(hidden)',
    );
  });

  test('a text that is too long is cut, and says how long it was', () => {
    expect(shownText('x'.repeat(10), 10)).toBe('xxxxxxxxxx');
    expect(shownText('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxxx… (1000000 characters)');
    expect(shownText('a\u0000b\u202ec\r\nd', 10)).toBe('abc\nd');
  });
});
