import { expect, test } from '@playwright/test';
import { scriptCommand } from '../../../../helpers/findings/report/script-command.ts';

test.describe('script command', () => {
  test('command quotes the path of the script for the shell', () => {
    expect(scriptCommand('findings', '01-a.sh')).toBe('bash findings/01-a.sh');
    expect(scriptCommand('findings/', '01-a.sh')).toBe('bash findings/01-a.sh');
    expect(scriptCommand('', '01-a.sh')).toBe('bash 01-a.sh');
    expect(scriptCommand("my find'ings", '$(x).sh')).toBe(`bash 'my find'\\''ings/$(x).sh'`);
  });
});
