import { expect, test } from '@playwright/test';
import { measureCommand } from '../../../../helpers/load/bench/measure-command.ts';
import { parseTimes } from '../../../../helpers/load/bench/drivers/parse-times.ts';
import { parseStat, treeOf } from '../../../../helpers/load/bench/process-memory.ts';

test.describe('measured command', () => {
  test('CPU time of child processes is read from the output of the shell command times', () => {
    expect(parseTimes('0m0.003s 0m0.001s\n0m1.250s 0m0.500s\n')).toBe(1.75);
    expect(parseTimes('0m0,003s 0m0,001s\n2m1,250s 0m0,250s\n')).toBe(121.5);
    expect(parseTimes('0m0.000000s 0m0.000000s\n1m0.010000s 0m0.000000s\n')).toBeCloseTo(60.01);
    expect(() => parseTimes('')).toThrow('are not to be read: ""');
    expect(() => parseTimes('0m0.003s 0m0.001s\n')).toThrow('are not to be read');
  });

  test('descendants of a process are found with parentheses and spaces in their names', () => {
    const stats = ['10 (sh) S 1 10 10 0', '11 (node) S 10 10 10 0', '12 (a (b) c) 9 R) R 11 10', '13 (sh) S 2 13'];
    const processes = stats.flatMap((stat) => parseStat(stat) ?? []);
    expect(processes).toContainEqual({ pid: 12, parent: 11 });
    expect(treeOf(10, processes)).toEqual([10, 11, 12]);
    expect(parseStat('')).toBeUndefined();
  });

  test('command is measured with its child processes and reports its exit code and output', async () => {
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

  test('aborted command is ended and rejects', async () => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const running = measureCommand({ command: ['sleep', '60'], environment: { PATH: '/usr/bin:/bin' }, signal });
    setTimeout(() => {
      stopping.abort();
    }, 200);
    await expect(running).rejects.toThrow('aborted');
  });
});
