import { expect, test } from '@playwright/test';
import { runCommand } from '../../support/runs/run-command.ts';

test.describe('bench without k6', () => {
  test('bench without k6 says how to install it, in --help and when k6 is left out', async () => {
    const installation = 'go install go.k6.io/k6/v2@latest';
    const help = await runCommand('bench', ['--help']);
    expect(help.output).toContain(installation);
    expect(help.exitCode).toBe(0);
    // Refused before anything is started.
    const without = await runCommand('bench', ['--drivers=k6'], { PATH: '', BASE_URL: 'http://127.0.0.1:9' });
    expect(without.output).toContain('k6 is not on the PATH, so it is not measured.');
    expect(without.output).toContain(installation);
  });
});
