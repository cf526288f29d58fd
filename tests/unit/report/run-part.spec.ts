import { expect, test } from '@playwright/test';
import { runPart, type EndedPart, type Part } from '../../../helpers/report/run-part.ts';

/** Runs a script as a part, and returns what it printed, piece by piece. */
const run = async (script: string, output: Part['output']): Promise<EndedPart & { printed: string[] }> => {
  const printed: string[] = [];
  const ended = await runPart({ title: 'part', command: [process.execPath, '-e', script], output }, (text) =>
    printed.push(text),
  );
  return { ...ended, printed };
};

test.describe('part of npm test', () => {
  test('failed part prints all of its output in one piece when it has ended', async () => {
    const { passed, printed } = await run("console.log('out'); process.exitCode = 3", 'in the end');
    expect(passed).toBe(false);
    expect(printed).toEqual([expect.stringMatching(/^\n── part \(\d+ s\)\nout\nFAILED: part\n$/)]);
  });

  test('part beside others prints whole lines, the last one without its line break too', async () => {
    const script = `process.stdout.write('one');
      setTimeout(() => process.stdout.write(' line\\nan'), 50);
      setTimeout(() => process.stdout.write('other'), 100);`;
    const { passed, printed } = await run(script, 'lines');
    expect(passed).toBe(true);
    expect(printed).toEqual(['\n── part\n', 'one line\n', 'another\n', 'ok\n']);
  });

  test('part whose program is not there fails and says why', async () => {
    const printed: string[] = [];
    const part: Part = { title: 'part', command: ['/nowhere/program'], output: 'in the end' };
    expect(await runPart(part, (text) => printed.push(text))).toMatchObject({ title: 'part', passed: false });
    expect(printed.join('')).toContain('/nowhere/program ENOENT');
  });

  test('processor time of a part includes its children', async () => {
    test.skip(process.platform !== 'linux', 'only Linux tells the processor time of children');
    const burn = 'const end = process.cpuUsage().user + 6e5; while (process.cpuUsage().user < end);';
    const parent = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(burn)}])`;
    const { cpuSeconds } = await run(parent, 'in the end');
    expect(cpuSeconds).toBeGreaterThan(0.6);
    expect((await run('', 'in the end')).cpuSeconds).toBeLessThan(0.6);
  });
});
