import { expect, test } from '@playwright/test';
import { benchReport } from '../../../../helpers/load/bench/report/bench-report.ts';
import { comparisonTable } from '../../../../helpers/load/bench/report/comparison-table.ts';
import { furtherCpuMs, lengthsTable } from '../../../../helpers/load/bench/report/lengths-table.ts';
import type { DriverName, Figures, Measurement } from '../../../../helpers/load/bench/measurement.ts';
import { pairRatios } from '../../../../helpers/load/bench/pair-ratios.ts';
import { shownNumber, shownSpread } from '../../../../helpers/load/bench/report/shown-numbers.ts';
import { medianOf, spreadOf } from '../../../../helpers/load/bench/spread.ts';

const figures = (cpuSeconds: number, more: Partial<Figures> = {}): Figures => ({
  iterations: 1000,
  seconds: 5,
  cpuSeconds,
  ...more,
});

const measured = (driver: DriverName, round: number, cpuSeconds: number, more: Partial<Figures> = {}): Measurement => ({
  task: { driver, vus: 10, iterations: 1000 },
  round,
  figures: figures(cpuSeconds, more),
});

const failed: Measurement = { task: { driver: 'k6', vus: 10, iterations: 1000 }, round: 2, failure: '3 checks failed' };

const cpuSeconds = ({ cpuSeconds: seconds }: Figures): number => seconds;

test.describe('bench report', () => {
  test('median is the middle value, or the mean of the middle 2', () => {
    expect(medianOf([])).toBeUndefined();
    expect(medianOf([3])).toBe(3);
    expect(medianOf([10, 1, 2])).toBe(2);
    expect(medianOf([10, 1, 2, 4])).toBe(3);
    expect(spreadOf([10, 1, 2])).toEqual({ median: 2, min: 1, max: 10 });
    expect(spreadOf([])).toBeUndefined();
  });

  test('numbers are shown with 3 digits, a spread with its ends only where they differ', () => {
    expect([0.5, 9.994, 9.996, 23.14, 99.96, 1234.5].map(shownNumber)).toEqual([
      '0.50',
      '9.99',
      '10.0',
      '23.1',
      '100',
      '1235',
    ]);
    expect(shownNumber(undefined)).toBe('–');
    expect(shownSpread(undefined)).toBe('–');
    expect(shownSpread({ median: 2, min: 2, max: 2 })).toBe('2.00');
    expect(shownSpread({ median: 2, min: 1, max: 10 })).toBe('2.00 (1.00–10.0)');
  });

  test('ratios compare runs of the same round only', () => {
    const ours = [measured('undici', 1, 4), measured('undici', 2, 5), measured('undici', 3, 9)];
    const theirs = [measured('k6', 3, 3), measured('k6', 1, 2), failed];
    const cost = { ours: cpuSeconds, theirs: cpuSeconds };
    expect(pairRatios(ours, theirs, cost)).toEqual({ median: 2.5, min: 2, max: 3 });
    expect(pairRatios(ours, [failed], cost)).toBeUndefined();
    expect(pairRatios(ours, theirs, { ...cost, ours: () => undefined })).toBeUndefined();
  });

  test('comparison table shows medians, spreads and ratios for each driver and number of VUs', () => {
    const table = comparisonTable([
      measured('undici', 1, 4, { ownCpuSeconds: 3, peakMemoryMb: 150 }),
      measured('k6', 1, 2),
      measured('undici', 2, 6, { ownCpuSeconds: 5, peakMemoryMb: 170 }),
      failed,
    ]);
    const cells = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells[2]?.slice(1, -1)).toEqual([
      '10',
      'undici',
      '200',
      '5.00 (4.00–6.00)',
      '4.00 (3.00–5.00)',
      '160 (150–170)',
      '2.00',
      '1.50',
    ]);
    expect(cells[3]?.slice(1, -1)).toEqual(['10', 'k6', '200', '2.00', '–', '–', '–', '–']);
  });

  test('lengths table shows the cost of each further iteration', () => {
    const longer = figures(19, { iterations: 10_000, seconds: 50 });
    expect(furtherCpuMs(figures(10), longer)).toBe(1);
    expect(furtherCpuMs(undefined, longer)).toBeUndefined();
    expect(furtherCpuMs(longer, longer)).toBeUndefined();
    const runs = [measured('undici', 1, 10), { ...measured('undici', 1, 0), figures: longer }];
    const [, , first, second] = lengthsTable(runs).split('\n');
    expect(first).toMatch(/undici \| +1000 \| +200 \| +10\.0 \| +– \| +– \| +– \|$/);
    expect(second).toMatch(/undici \| +10000 \| +200 \| +1\.90 \| +– \| +1\.00 \| +– \|$/);
  });

  test('report shows machine, absent drivers and failed runs besides the tables', () => {
    const report = benchReport({
      startedAt: '2026-01-01T00:00:00.000Z',
      machine: { cores: 2, cpu: 'CPU', node: '20.19.0', database: 'MariaDB 10.11.6' },
      absent: ['k6'],
      comparison: [measured('undici', 1, 4), failed],
      lengths: [],
    });
    expect(report).toContain('2 cores (CPU), Node 20.19.0, no k6, MariaDB 10.11.6');
    expect(report).toContain('Not measured: k6 is not on the PATH; `npm run bench -- --help` says how to get it.');
    expect(report).toContain('| 10  | undici |');
    expect(report).toContain('- k6, 10 VUs, 1000 iterations, round 2: 3 checks failed');
    expect(report).not.toContain('each further iteration');
  });
});
