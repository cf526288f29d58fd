import { expect, test } from '@playwright/test';
import { keepSecret, withoutSecrets } from '../../../helpers/text/secrets.ts';
import { shownLine, shownText } from '../../../helpers/text/shown-text.ts';
import { UserError } from '../../../helpers/text/user-error.ts';

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
});
