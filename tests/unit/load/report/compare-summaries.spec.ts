import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { noLedger, withoutDatabase } from '../../../../helpers/load/audit/load-ledger.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { compareSummaries } from '../../../../helpers/load/report/compare/compare-summaries.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { cleanLedger, exampleBudget } from '../../support/examples/example-load-part.ts';
import { exampleSummary, exhaustedSummary, hostileSummary } from '../../support/examples/example-load-summary.ts';

/** Returns the cells of the row with a name; `undefined` if there is none. */
const row = (before: LoadSummary, after: LoadSummary, name: string): string[] | undefined =>
  compareSummaries(before, after)
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .find((cells) => cells[1] === name)
    ?.slice(2, -1);

interface Ended {
  readonly exitCode: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

const compare = (...files: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const program = path.join('helpers', 'cli', 'compare.ts');
    execFile(
      process.execPath,
      ['--import', 'tsx', program, ...files],
      { cwd: projectFolder },
      (error, stdout, stderr) => {
        resolve({ exitCode: error?.code ?? 0, stdout, stderr });
      },
    );
  });

test.describe('load run comparison', () => {
  test('comparison shows every figure before and after, its change and the change in percent', () => {
    const before = exampleSummary({ iterations: 1000, requests: 2000, durationSeconds: 100, vusMax: 100 });
    const after = exampleSummary({ iterations: 1125, requests: 1500, durationSeconds: 100, vusMax: 200 });
    expect(row(before, after, 'iterations')).toEqual(['1,000', '1,125', '+125', '+12.5 %']);
    expect(row(before, after, 'requests')).toEqual(['2,000', '1,500', '-500', '-25.0 %']);
    expect(row(before, after, 'duration')).toEqual(['100.00 s', '100.00 s', '0.00 s', '0.0 %']);
    expect(row(before, after, 'VUs (max)')).toEqual(['100', '200', '+100', '+100.0 %']);
  });

  test('comparison has the trends, rates and counters of both runs', () => {
    const before = exampleSummary({
      metrics: {
        order_duration: { type: 'trend', n: 4, avg: 10, min: 1, med: 8, max: 40, p90: 20, p95: 30, p99: 40 },
        checks: { type: 'rate', n: 4, passes: 3, fails: 1, rate: 0.75 },
        iterations: { type: 'counter', n: 0, count: 0, rate: 0 },
      },
      counters: { replays: 2 },
    });
    const after = exampleSummary({
      metrics: {
        order_duration: { type: 'trend', n: 4, avg: 20, min: 1, med: 8, max: 40, p90: 20, p95: 15, p99: 40 },
        checks: { type: 'rate', n: 4, passes: 4, fails: 0, rate: 1 },
        iterations: { type: 'counter', n: 3, count: 3, rate: 1.5 },
      },
      counters: {},
    });
    expect(row(before, after, '`order_duration` p(95)')).toEqual(['30.00 ms', '15.00 ms', '-15.00 ms', '-50.0 %']);
    expect(row(before, after, '`order_duration` avg')).toEqual(['10.00 ms', '20.00 ms', '+10.00 ms', '+100.0 %']);
    expect(row(before, after, '`checks`')).toEqual(['75.00 %', '100.00 %', '+25.00 points', '+33.3 %']);
    expect(row(before, after, '`iterations`')).toEqual(['0', '3', '+3', 'n/a']);
    expect(row(before, after, '`iterations` rate')).toEqual(['0.00/s', '1.50/s', '+1.50/s', 'n/a']);
    expect(row(before, after, '`replays`')).toEqual(['2', 'not measured', 'n/a', 'n/a']);
  });

  test('comparison distinguishes "not measured" from 0', () => {
    const before = exampleSummary({ metrics: { order_duration: { type: 'trend', n: 0 } }, series: [] });
    const driver = { cpuSeconds: 1, maxRssMb: 100 };
    const after = exampleSummary({ driver });
    expect(row(before, after, '`order_duration` p(95)')?.[0]).toBe('not measured');
    expect(row(before, after, '`http_req_failed`')?.slice(2)).toEqual(['n/a', 'n/a']);
    expect(row(before, after, 'lowest balance')?.[0]).toBe('not measured');
    expect(row(before, after, 'CPU per iteration')?.[1]).toBe('not measured');
    expect(row(before, after, 'peak memory')?.[1]).toBe('100.00 MB');
  });

  test('comparison shows verdict, thresholds, refusals and lowest balance', () => {
    const before = exampleSummary();
    const after = exhaustedSummary();
    expect(row(before, after, 'verdict')).toEqual(['PASS', 'FAIL', 'changed', '']);
    expect(row(before, after, '`payment_success rate>0.99`')).toEqual(['pass', 'fail', 'changed', '']);
    expect(row(before, after, '`replay_duration p(95)<500`')).toEqual(['not set', 'not measured', 'changed', '']);
    expect(row(before, after, '`payment balance (409 PAY001)`')?.[0]).toBe('0');
    expect(row(before, after, '`payment balance (409 PAY001)`')?.[3]).toBe('n/a');
    expect(row(after, before, '`payment balance (409 PAY001)`')?.[3]).toBe('-100.0 %');
    expect(row(before, after, 'lowest balance')?.[1]).toBe('0 won');
  });

  test('comparison shows need, holdings at the start and ledger', () => {
    const seeded = { ...exampleBudget, seeded: true, neededPerAccount: 10_000_000, neededPerProduct: 2000 };
    const found = { ...seeded, seeded: false, neededPerAccount: 20_000_000, lowestBalance: 1_000_000 };
    const before = {
      ...exampleSummary(),
      budget: { ...found, lowestStock: 1000 },
      ledger: { ...cleanLedger, paymentsInTables: 30, paymentsAnswered: 28, unknownLeft: 1, problems: ['a', 'b'] },
    };
    const ledger = { ...cleanLedger, paymentsInTables: 60, paymentsAnswered: 59 };
    const after = { ...exampleSummary(), budget: seeded, ledger };
    const rows = (...names: string[]) => names.map((name) => row(before, after, name));
    expect(rows('needed per account', 'there per account at the start')).toEqual([
      ['20,000,000 won', '10,000,000 won', '-10,000,000 won', '-50.0 %'],
      ['1,000,000 won', '10,000,000 won', '+9,000,000 won', '+900.0 %'],
    ]);
    expect(rows('needed per product', 'there per product at the start')).toEqual([
      ['2,000 pieces', '2,000 pieces', '0 pieces', '0.0 %'],
      ['1,000 pieces', '2,000 pieces', '+1,000 pieces', '+100.0 %'],
    ]);
    expect(rows('payments in the tables', 'payments answered', 'lost answers left open')).toEqual([
      ['30', '60', '+30', '+100.0 %'],
      ['28', '59', '+31', '+110.7 %'],
      ['1', '0', '-1', '-100.0 %'],
    ]);
    expect(row(before, after, 'deviations in the tables')).toEqual(['2', '0', '-2', '-100.0 %']);
  });

  test('comparison has no ledger or budget row that neither run can fill', () => {
    const { budget, ledger, ...rest } = exampleSummary();
    const blocked = { ...rest, ledger: noLedger };
    const names = ['**budget**', '**ledger**', 'needed per account', 'payments in the tables', 'payments answered'];
    expect(names.map((name) => row(blocked, blocked, name))).toEqual(names.map(() => undefined));
    const withoutTables = { ...rest, ledger: { ...noLedger, notAudited: withoutDatabase, paymentsAnswered: 5 } };
    expect(row(withoutTables, { ...rest, budget, ledger }, 'payments answered')?.[0]).toBe('5');
    expect(row(withoutTables, { ...rest, budget, ledger }, 'payments in the tables')?.[0]).toBe('not measured');
    expect(row(withoutTables, blocked, 'payments in the tables')).toBeUndefined();
  });

  test('comparison is a table with lines of equal length for any refusal code', () => {
    for (const after of [exhaustedSummary(), hostileSummary('a \\| `b` | \u001b[31m\n| c')]) {
      const lines = compareSummaries(exampleSummary(), after).split('\n');
      expect(new Set(lines.map((line) => line.length)).size).toBe(1);
      expect(new Set(lines.map((line) => line.split('|').length))).toEqual(new Set([7]));
      expect(lines[1]).toMatch(/^\|-+\|(?:-+:\|){4}$/);
    }
  });

  test('npm run compare compares 2 files', async ({}, testInfo) => {
    const before = testInfo.outputPath('before.json');
    const after = testInfo.outputPath('after.json');
    writeFileSync(before, JSON.stringify(exampleSummary()));
    writeFileSync(after, JSON.stringify(exhaustedSummary()));
    const { exitCode, stdout } = await compare(before, after);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${compareSummaries(exampleSummary(), exhaustedSummary())}\n`);
  });

  test('npm run compare answers wrong arguments in one sentence', async ({}, testInfo) => {
    const other = testInfo.outputPath('other.json');
    writeFileSync(other, '{"profile":"ramp"}');
    const text = testInfo.outputPath('text.json');
    writeFileSync(text, 'nothing');
    const [none, missing, notASummary, notJson, help] = await Promise.all([
      compare(),
      compare('missing.json', other),
      compare(other, other),
      compare(text, other),
      compare('--help'),
    ]);
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^Two runs are compared: .*\n$/) });
    expect(missing).toMatchObject({ exitCode: 1, stderr: 'missing.json does not exist.\n' });
    expect(notASummary).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/other\.json is not the summary of a load run: at verdict: .*\.\n$/),
    });
    expect(notJson).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/: it is not JSON\.\n$/) });
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Usage: npm run compare/) });
  });
});
