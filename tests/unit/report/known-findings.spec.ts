import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { faultNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { startShop } from '../../../fixtures/shops/reference/start-shop.ts';
import { readFindings } from '../../../helpers/findings/accepted/read-findings.ts';
import { copiedProfile } from '../support/runs/copied-profile.ts';
import { expectFindingsFirst } from '../support/outputs/expect-findings-first.ts';
import { test } from '../support/servers/own-database.ts';
import { runCommand } from '../support/runs/run-command.ts';
import { runScenarios, runSuite } from '../support/runs/run-suite.ts';

/** Runs scenarios with the preflight before them and the page of findings after them. */
const runWholeScenarios: typeof runScenarios = (scenarios, run) =>
  runSuite({ ...run, options: ['--project=scenarios', ...scenarios] });

test.describe('known findings', () => {
  test.describe.configure({ timeout: 180_000 });

  test('run passes while its finding is accepted or below FAIL_ON, and names it when the date is over or it is fixed', async ({
    database,
  }, testInfo) => {
    const folder = testInfo.outputPath('run');
    const target = copiedProfile(testInfo.outputPath('profile'));
    const suite = async (url: string, settings: Readonly<Record<string, string>> = {}, run = runScenarios) => {
      const { exitCode, terminal } = await run(['contract/health'], {
        ...{ folder, url, database },
        settings: { TARGET: target, FORCE_COLOR: '0', ...settings },
      });
      return {
        ...{ exitCode, terminal },
        junit: readFileSync(path.join(folder, 'junit.xml'), 'utf8'),
        ...{ findings: readFindings(path.join(folder, 'findings', 'findings.json')) },
      };
    };

    const faulty = await startShop({ database, parts: faultNamed('health-says-down').apply(correctParts) });
    try {
      // With the page of findings in its report, which is the same for all.
      const first = await suite(faulty.url, {}, runWholeScenarios);
      expect(first.exitCode, first.terminal).toBe(1);
      expect(first.findings).toMatchObject({ verdict: 'FAIL', findings: [{ severity: 'minor' }] });
      expect(first.junit).toMatch(/^<testsuites [^>]*failures="1"/);
      await expectFindingsFirst(path.join(folder, 'html'), first.findings, testInfo);
      const id = first.findings.findings[0]?.id ?? '';

      const lenient = await suite(faulty.url, { FAIL_ON: 'major' });
      expect(lenient.exitCode, lenient.terminal).toBe(0);
      expect(lenient.findings.because).toBe('nothing was found but 1 finding below FAIL_ON=major.');
      expect(lenient.junit).toContain('name="below FAIL_ON"');

      const environment = { TARGET: target, FINDINGS_DIR: path.join(folder, 'findings') };
      const until = ['--until', '2999-12-31'];
      const said = await runCommand('findings', ['--accept', id, '--why', 'nobody asks', ...until], environment);
      expect(said.exitCode, said.output).toBe(0);

      const accepted = await suite(faulty.url);
      expect(accepted.exitCode, accepted.terminal).toBe(0);
      expect(accepted.findings).toMatchObject({
        verdict: 'PASS',
        findings: [{ id, accepted: { why: 'nobody asks', until: '2999-12-31' } }],
      });
      expect(accepted.terminal).toContain('nothing was found but 1 accepted finding.');
      expect(accepted.terminal).toContain(
        'PASS: 2 passed, of which 1 failed as expected (accepted findings), 0 failed',
      );
      expect(accepted.junit).toMatch(/^<testsuites [^>]*failures="0" skipped="0" errors="0"/);
      expect(accepted.junit).toContain(`<property name="accepted" value="${id} until 2999-12-31: nobody asks">`);

      const file = target.replace(/\.ts$/, '.accepted.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('2999-12-31', '2026-01-01'));
      const expired = await suite(faulty.url);
      expect(expired.exitCode, expired.terminal).toBe(1);
      expect(expired.findings).toMatchObject({ verdict: 'FAIL', expired: [{ id, until: '2026-01-01' }] });
      expect(expired.terminal).toContain(`No longer accepted, the date is over: ${id} (until 2026-01-01)`);
      expect(expired.junit).toMatch(/^<testsuites [^>]*failures="1"/);
    } finally {
      await faulty.close();
    }

    const correct = await startShop({ database });
    try {
      const fixed = await suite(correct.url);
      expect(fixed.exitCode, fixed.terminal).toBe(0);
      expect(fixed.findings).toMatchObject({ verdict: 'PASS', findings: [], fixed: ['wrong-content-health-once'] });
      expect(fixed.terminal).toContain('Fixed, no longer to be accepted: wrong-content-health-once');
    } finally {
      await correct.close();
    }
  });
});
