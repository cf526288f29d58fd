import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type TestInfo } from '@playwright/test';
import { exampleFindings } from '../support/examples/example-findings.ts';
import { copiedProfile } from '../support/runs/copied-profile.ts';
import { runCommand, type CommandRun } from '../support/runs/run-command.ts';

/** A profile of the test's own, and the command with it and with findings of a run. */
const placeOf = (testInfo: TestInfo) => {
  const profile = copiedProfile(testInfo.outputDir);
  const folder = testInfo.outputPath('findings');
  return {
    accepted: profile.replace(/\.ts$/, '.accepted.json'),
    write: (findings = exampleFindings()): void => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'findings.json'), JSON.stringify(findings));
    },
    run: (...options: string[]): Promise<CommandRun> =>
      runCommand('findings', options, { TARGET: profile, FINDINGS_DIR: folder }),
  };
};

const id = 'charged-twice-pay-concurrent';

test.describe('npm run findings', () => {
  test('finding is accepted in a file beside the profile, listed as such, and forgotten again', async ({}, testInfo) => {
    const { accepted, write, run } = placeOf(testInfo);
    write();
    const said = await run('--accept', id, '--why', 'known to all', '--until', '2999-12-31');
    expect(said.output).toMatch(
      /^charged-twice-pay-concurrent is accepted until 2999-12-31 in .*shop\.accepted\.json\. Commit/,
    );
    expect(said.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(accepted, 'utf8'))).toMatchObject({ accepted: [{ id, why: 'known to all' }] });
    const list = await run();
    expect(list.exitCode).toBe(0);
    expect(list.output).toContain('\n          accepted until 2999-12-31: known to all\n');
    expect(list.output).toMatch(
      /\nAccepted findings: .*shop\.accepted\.json\. To accept one: npm run findings -- --accept ID/,
    );
    expect(await run('--forget', id)).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/is no longer accepted/),
    });
    expect(JSON.parse(readFileSync(accepted, 'utf8'))).toEqual({ accepted: [] });
  });

  test('what cannot be done is said in a sentence with the fix', async ({}, testInfo) => {
    const { write, run } = placeOf(testInfo);
    const none = await run();
    expect(none).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^There is no .*findings\.json\. Run the scenarios first/),
    });
    write(exampleFindings({ target: 'other-shop' }));
    const [otherTarget, twice, both, alone, help] = await Promise.all([
      run('--accept', id, '--why', 'known'),
      run('--accept', id, '--accept', 'another', '--why', 'known'),
      run('--accept', id, '--forget', id),
      run('--why', 'known'),
      run('--help'),
    ]);
    expect(otherTarget).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^The last run tested other-shop, but TARGET is .*shop\.ts\. Set TARGET/),
    });
    expect(twice).toMatchObject({ exitCode: 1, output: '--accept is given 2 times: one finding at a time, please.\n' });
    expect(both).toMatchObject({ exitCode: 1, output: 'Use --accept or --forget, not both at once.\n' });
    expect(alone).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/^--why and --until belong to --accept ID\./),
    });
    expect(help).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^Usage: npm run findings\n/) });
  });
});
