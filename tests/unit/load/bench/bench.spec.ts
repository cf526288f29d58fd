import { expect, test } from '@playwright/test';
import { parseBenchOptions } from '../../../../helpers/load/bench/bench-options.ts';
import { benchReport } from '../../../../helpers/load/bench/bench-report.ts';
import { comparisonTable } from '../../../../helpers/load/bench/comparison-table.ts';
import { furtherCpuMs, lengthsTable } from '../../../../helpers/load/bench/lengths-table.ts';
import { measureAll, plannedComparison, plannedLengths } from '../../../../helpers/load/bench/measure-all.ts';
import { measureCommand } from '../../../../helpers/load/bench/measure-command.ts';
import type { DriverName, Figures, Measurement } from '../../../../helpers/load/bench/measurement.ts';
import { pairRatios } from '../../../../helpers/load/bench/pair-ratios.ts';
import { parseTimes } from '../../../../helpers/load/bench/parse-times.ts';
import { parseStat, treeOf } from '../../../../helpers/load/bench/process-memory.ts';
import { shownNumber, shownSpread } from '../../../../helpers/load/bench/shown-numbers.ts';
import { medianOf, spreadOf } from '../../../../helpers/load/bench/spread.ts';
import { runCommand } from '../../support/run-command.ts';

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

test.describe('bench', () => {
  test('takes the middle of an odd number of values and the mean of the middle two of an even one', () => {
    expect(medianOf([])).toBeUndefined();
    expect(medianOf([3])).toBe(3);
    expect(medianOf([10, 1, 2])).toBe(2);
    expect(medianOf([10, 1, 2, 4])).toBe(3);
    expect(spreadOf([10, 1, 2])).toEqual({ median: 2, min: 1, max: 10 });
    expect(spreadOf([])).toBeUndefined();
  });

  test('shows three digits, and the ends only where they differ', () => {
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

  test('compares runs of the same round only', () => {
    const ours = [measured('undici', 1, 4), measured('undici', 2, 5), measured('undici', 3, 9)];
    const theirs = [measured('k6', 3, 3), measured('k6', 1, 2), failed];
    const cost = { ours: cpuSeconds, theirs: cpuSeconds };
    expect(pairRatios(ours, theirs, cost)).toEqual({ median: 2.5, min: 2, max: 3 });
    expect(pairRatios(ours, [failed], cost)).toBeUndefined();
    expect(pairRatios(ours, theirs, { ...cost, ours: () => undefined })).toBeUndefined();
  });

  test("reads the children's time out of the shell's times", () => {
    expect(parseTimes('0m0.003s 0m0.001s\n0m1.250s 0m0.500s\n')).toBe(1.75);
    expect(parseTimes('0m0,003s 0m0,001s\n2m1,250s 0m0,250s\n')).toBe(121.5);
    expect(parseTimes('0m0.000000s 0m0.000000s\n1m0.010000s 0m0.000000s\n')).toBeCloseTo(60.01);
    expect(() => parseTimes('')).toThrow('are not to be read: ""');
    expect(() => parseTimes('0m0.003s 0m0.001s\n')).toThrow('are not to be read');
  });

  test('finds the descendants of a process, whatever their names', () => {
    const stats = ['10 (sh) S 1 10 10 0', '11 (node) S 10 10 10 0', '12 (a (b) c) 9 R) R 11 10', '13 (sh) S 2 13'];
    const processes = stats.flatMap((stat) => parseStat(stat) ?? []);
    expect(processes).toContainEqual({ pid: 12, parent: 11 });
    expect(treeOf(10, processes)).toEqual([10, 11, 12]);
    expect(parseStat('')).toBeUndefined();
  });

  test('measures a program with its children, and passes on how it ended', async () => {
    const burn = 'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);';
    const parent =
      `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn)}]);` +
      `console.log('out'); console.error('err'); process.exitCode = 7;`;
    const { signal } = new AbortController();
    const cost = await measureCommand({ command: [process.execPath, '-e', parent], environment: {}, signal });
    expect(cost).toMatchObject({ exitCode: 7, output: 'out\n', errors: 'err\n' });
    expect(cost.cpuSeconds).toBeGreaterThan(0.3);
    expect(cost.cpuSeconds).toBeLessThan(5);
  });

  test('ends a program when it is told to', async () => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const running = measureCommand({ command: ['sleep', '60'], environment: { PATH: '/usr/bin:/bin' }, signal });
    setTimeout(() => {
      stopping.abort();
    }, 200);
    await expect(running).rejects.toThrow('aborted');
  });

  test('tabulates drivers at a number of VUs with medians and ratios', () => {
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

  test('tabulates runs of growing length with the cost of what was added', () => {
    const longer = figures(19, { iterations: 10_000, seconds: 50 });
    expect(furtherCpuMs(figures(10), longer)).toBe(1);
    expect(furtherCpuMs(undefined, longer)).toBeUndefined();
    expect(furtherCpuMs(longer, longer)).toBeUndefined();
    const runs = [measured('undici', 1, 10), { ...measured('undici', 1, 0), figures: longer }];
    const [, , first, second] = lengthsTable(runs).split('\n');
    expect(first).toMatch(/undici \| +1000 \| +200 \| +10\.0 \| +– \| +– \| +– \|$/);
    expect(second).toMatch(/undici \| +10000 \| +200 \| +1\.90 \| +– \| +1\.00 \| +– \|$/);
  });

  test('reports the machine, absent drivers and failed runs with the tables', () => {
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

  test('without k6 says how to come by it, in its help and when it leaves it out', async () => {
    const installation = 'go install go.k6.io/k6/v2@latest';
    const help = await runCommand('bench', ['--help']);
    expect(help.output).toContain(installation);
    expect(help.exitCode).toBe(0);
    // Refused before anything is started.
    const without = await runCommand('bench', ['--drivers=k6'], { PATH: '', BASE_URL: 'http://127.0.0.1:9' });
    expect(without.output).toContain('k6 is not on the PATH, so it is not measured.');
    expect(without.output).toContain(installation);
  });

  test('plans the drivers in turn, round by round', () => {
    const options = parseBenchOptions(['--drivers=undici,k6', '--vus=1,5', '--rounds=2', '--iterations=9']);
    expect(plannedComparison(options).map(({ task, round }) => `${task.vus} ${round} ${task.driver}`)).toEqual([
      '1 1 undici',
      '1 1 k6',
      '1 2 undici',
      '1 2 k6',
      '5 1 undici',
      '5 1 k6',
      '5 2 undici',
      '5 2 k6',
    ]);
    expect(plannedLengths(options).map(({ task }) => task.iterations)).toEqual([1e3, 1e3, 1e4, 1e4, 1e5, 1e5]);
    expect(plannedLengths(parseBenchOptions(['--lengths=']))).toEqual([]);
  });

  test('says what an option may be', () => {
    expect(() => parseBenchOptions(['--vus=10,x'])).toThrow('--vus has "x", allowed are whole numbers');
    expect(() => parseBenchOptions(['--drivers=jmeter'])).toThrow('--drivers has "jmeter", allowed are undici');
    expect(() => parseBenchOptions(['--rounds=0'])).toThrow('--rounds has "0"');
    expect(() => parseBenchOptions(['--iterations=100'])).toThrow('is less than the VUs');
    expect(() => parseBenchOptions(['--lengths=10'])).toThrow('fewer iterations than the 50 VUs');
    expect(() => parseBenchOptions(['--rouds=1'])).toThrow('--rouds');
  });

  test('goes on after a run that fails and ends after one that is stopped', async () => {
    const options = parseBenchOptions(['--drivers=k6', '--vus=1', '--rounds=4']);
    const stopping = new AbortController();
    const lines: string[] = [];
    const outcomes = [
      () => Promise.resolve(figures(1)),
      () => Promise.reject(new Error('refused')),
      () => {
        stopping.abort();
        return Promise.reject(new Error('aborted'));
      },
    ].values();
    const run = (): Promise<Figures> => outcomes.next().value?.() ?? Promise.reject(new Error('one run too many'));
    const write = (text: string): void => void lines.push(text);
    const made = await measureAll(plannedComparison(options), run, write, stopping.signal);
    expect(made.map(({ figures: seen, failure }) => failure ?? seen?.cpuSeconds)).toEqual([1, 'refused']);
    expect(lines.join('')).toContain('200/s, 1.00 ms CPU/iteration');
    expect(lines.join('')).toContain('FAILED: refused\n');
    expect(lines.at(-1)).toBe('stopped\n');
  });
});
