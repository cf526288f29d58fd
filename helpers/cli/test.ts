import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../settings.ts';

const countsSchema = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() });

const matrixSchema = z.object({
  faults: z.array(z.object({ killed: z.boolean() })),
  variants: z.array(z.object({ green: z.boolean() })),
});

type Counts = z.infer<typeof countsSchema>;

const run = (title: string, command: string, ...args: string[]): boolean => {
  console.log(`\n── ${title}`);
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { cwd: projectFolder, stdio: 'inherit' });
  return status === 0;
};

const check = (title: string, command: string, ...args: string[]): Counts => {
  const passed = run(title, command, ...args);
  console.log(passed ? 'ok' : `FAILED: ${title}`);
  return { passed: Number(passed), failed: Number(!passed), skipped: 0 };
};

const playwright = (title: string, ...args: string[]): Counts => {
  const countsFile = path.join(projectFolder, 'test-results', 'counts.json');
  rmSync(countsFile, { force: true });
  const passed = run(title, 'playwright', 'test', ...args);
  const nothingRan = { passed: 0, failed: 1, skipped: 0 };
  const counts = existsSync(countsFile) ? countsSchema.parse(JSON.parse(readFileSync(countsFile, 'utf8'))) : nothingRan;
  return !passed && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
};

const faultMatrix = (): Counts => {
  const resultFile = path.join(projectFolder, 'test-results', 'faults.json');
  rmSync(resultFile, { force: true });
  const passed = run('faults and variants', 'tsx', 'helpers/cli/faults.ts');
  if (!existsSync(resultFile)) return { passed: 0, failed: 1, skipped: 0 };
  const { faults, variants } = matrixSchema.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
  const outcomes = [...faults.map(({ killed }) => killed), ...variants.map(({ green }) => green)];
  const failed = outcomes.filter((good) => !good).length;
  return { passed: outcomes.length - failed, failed: passed ? failed : Math.max(failed, 1), skipped: 0 };
};

const all = [
  check('typecheck', 'tsc', '--noEmit'),
  check('lint', 'eslint', '.', '--max-warnings', '0'),
  check('format', 'prettier', '--check', '--log-level', 'warn', '.'),
  playwright(
    'unit tests, scenarios and a small load',
    ...['preflight', 'scenarios', 'load', 'self'].map((project) => `--project=${project}`),
  ),
  faultMatrix(),
];

const total = (count: (counts: Counts) => number): number => all.reduce((sum, counts) => sum + count(counts), 0);
const failed = total((counts) => counts.failed);
console.log(`\n${total((counts) => counts.skipped)} skipped or not applicable`);
console.log(`${total((counts) => counts.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
