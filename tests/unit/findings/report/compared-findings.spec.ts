import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Finding } from '../../../../helpers/findings/grouping/finding.ts';
import { comparedFindings } from '../../../../helpers/findings/report/compared-findings.ts';
import { cleanFindings, exampleFindings } from '../../support/examples/example-findings.ts';
import { exampleSummary } from '../../support/examples/example-load-summary.ts';
import { runCommand } from '../../support/runs/run-command.ts';

const { findings } = exampleFindings();
const named = (id: string): Finding[] => findings.filter((finding) => finding.id.startsWith(id));
const runOf = (...found: Finding[]) => exampleFindings({ findings: found, passed: [] });

test.describe('comparison of findings', () => {
  test('comparison shows what is new, gone and still there', () => {
    const [race, replay, status] = [named('charged-twice'), named('server-error'), named('wrong-status')];
    const { text, hasNew } = comparedFindings(runOf(...race, ...replay), runOf(...race, ...status));
    expect(hasNew).toBe(true);
    const lines = text.split('\n').filter((line) => line !== '');
    expect(lines).toEqual([
      '## New: 1',
      '- minor, `wrong-status-get-balance-boundary-200`: GET balance with a malformed user id was answered 200 instead of 4xx. (1 scenario)',
      '## Gone: 1',
      expect.stringMatching(/^- major, `server-error-.*\(14 scenarios before, not tried: none of them passed now\)$/),
      '## Still there: 1',
      expect.stringMatching(/^- critical, `charged-twice-.*\(4 scenarios, before 4\)$/),
    ]);
  });

  test('gone finding says how many of its scenarios passed since and how many were not tried', () => {
    const [status] = named('wrong-status');
    const after = exampleFindings({ findings: [], passed: status?.scenarios ?? [] });
    expect(comparedFindings(runOf(...named('wrong-status')), after).text).toContain(
      '(1 scenario before, 1 of them passed now)',
    );
  });

  test('finding that was part of an earlier one is not new', () => {
    const part = named('wrong-status').flatMap(({ deviations }) => deviations);
    const both = named('charged-twice').map((finding) => ({
      ...finding,
      deviations: [...finding.deviations, ...part],
    }));
    const before = runOf(...both);
    const { text, hasNew } = comparedFindings(before, runOf(...named('wrong-status')));
    expect(hasNew).toBe(false);
    expect(text).toMatch(/## New: 0\n\n## Gone: 0\n\n## Still there: 1\n\n.*before as a part of another finding\)$/);
  });

  test('new finding that is accepted is shown as accepted, and does not count', () => {
    const { text, hasNew } = comparedFindings(cleanFindings(), runOf(...named('stale-view')));
    expect(text).toMatch(/^## New: 1\n\n- minor, .* \(1 scenario, accepted\)\n/);
    expect(hasNew).toBe(false);
  });

  test('npm run compare exits with 1 for a new finding, and with 0 without one', async ({}, testInfo) => {
    const fileOf = (name: string): string => testInfo.outputPath(`${name}.json`);
    const [clean, found, load] = [fileOf('clean'), fileOf('found'), fileOf('load')] as const;
    writeFileSync(clean, JSON.stringify(cleanFindings()));
    writeFileSync(found, JSON.stringify(exampleFindings()));
    writeFileSync(load, JSON.stringify(exampleSummary()));
    const [worse, better, mixed] = await Promise.all([
      runCommand('compare', [clean, found]),
      runCommand('compare', [found, clean]),
      runCommand('compare', [load, found]),
    ]);
    expect(worse.exitCode).toBe(1);
    expect(worse.output).toBe(`${comparedFindings(cleanFindings(), exampleFindings()).text}\n`);
    expect(better).toMatchObject({ exitCode: 0, output: expect.stringContaining('## Gone: 6\n') });
    expect(mixed).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/found\.json has findings, but .*load\.json does not: two files of the same kind/),
    });
  });
});
