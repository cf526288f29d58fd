import { expect, test } from '@playwright/test';
import { safeErrorText } from '../../../helpers/report/safe-reporter.ts';
import { keepSecret } from '../../../helpers/text/secrets.ts';

const secret = 'kept "secret" <&> 100%/=';

test.describe('safe error text', () => {
  test.beforeAll(() => {
    keepSecret([secret]);
  });

  test('error text keeps its colours and loses secrets and all other control characters', () => {
    expect(safeErrorText(`\u001b[31mred\u001b[39m \u001b[2J\u001b]0;title\u0007\u202e\r\n${secret}\u009b1A`)).toBe(
      '\u001b[31mred\u001b[39m \n(hidden)',
    );
  });
});
