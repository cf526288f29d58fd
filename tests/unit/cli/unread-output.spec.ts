import { expect, test } from '@playwright/test';
import { runCommand } from '../support/runs/run-command.ts';

const commands = [
  ...['bench', 'compare', 'faults', 'findings', 'load', 'pictures', 'plan'],
  ...['quickstart', 'set-up', 'shop', 'target-check', 'target-draft'],
];

test.describe('output that nobody reads', () => {
  for (const command of commands) {
    test(`npm run ${command.replace('target-', 'target:')} -- --help piped to a reader that has left ends with exit code 0`, async () => {
      const { exitCode, output } = await runCommand(command, ['--help'], {}, ({ stdout }) => {
        stdout?.destroy();
        return Promise.resolve();
      });
      expect(output).toBe('');
      expect(exitCode).toBe(0);
    });
  }
});
