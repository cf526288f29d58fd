import { expect, test } from '@playwright/test';
import { parseBenchOptions } from '../../../../helpers/load/bench/bench-options.ts';
import { measureAll, plannedComparison, plannedLengths } from '../../../../helpers/load/bench/measure-all.ts';
import type { Figures } from '../../../../helpers/load/bench/measurement.ts';

const figures = (cpuSeconds: number, more: Partial<Figures> = {}): Figures => ({
  iterations: 1000,
  seconds: 5,
  cpuSeconds,
  ...more,
});

test.describe('bench rounds', () => {
  test('comparison and lengths run the drivers in turn, round by round', () => {
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

  test('failed run is followed by the next one, stopped run by none', async () => {
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
