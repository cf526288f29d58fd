import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { accusation } from '../mutation/matrix-result.ts';
import { projectFolder } from '../text/project-folder.ts';

const countsSchema = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  /** A line for each. */
  failures: z.array(z.string()),
});

const matrixSchema = z.object({
  notTried: z.array(z.string()),
  faults: z.array(z.object({ name: z.string(), killed: z.boolean() })),
  variants: z.array(
    z.object({ name: z.string(), green: z.boolean(), failed: z.array(z.string()), error: z.string().optional() }),
  ),
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
  return { passed: Number(passed), failed: Number(!passed), skipped: 0, failures: passed ? [] : [title] };
};

const playwright = (title: string, ...args: string[]): Counts => {
  const countsFile = path.join(projectFolder, 'test-results', 'counts.json');
  rmSync(countsFile, { force: true });
  const passed = run(title, 'playwright', 'test', ...args);
  const nothingRan = { passed: 0, failed: 1, skipped: 0, failures: [`${title}: nothing ran`] };
  const counts = existsSync(countsFile) ? countsSchema.parse(JSON.parse(readFileSync(countsFile, 'utf8'))) : nothingRan;
  return !passed && counts.failed === 0
    ? { ...counts, failed: 1, failures: [`${title}: an error outside of every test`] }
    : counts;
};

const faultMatrix = (): Counts => {
  const resultFile = path.join(projectFolder, 'test-results', 'faults.json');
  rmSync(resultFile, { force: true });
  const passed = run('faults and variants', 'tsx', 'helpers/cli/faults.ts');
  if (!existsSync(resultFile)) {
    return { passed: 0, failed: 1, skipped: 0, failures: ['faults and variants: no result was written'] };
  }
  const { faults, variants, notTried } = matrixSchema.parse(JSON.parse(readFileSync(resultFile, 'utf8')));
  const failures = [
    ...faults.filter(({ killed }) => !killed).map(({ name }) => `fault ${name} survived`),
    ...variants.filter(({ green }) => !green).map((variant) => `accused variant ${accusation(variant)}`),
    ...notTried,
  ];
  if (!passed && failures.length === 0) failures.push('faults and variants: see the table above');
  const failed = failures.length;
  const tried = faults.length + variants.length;
  return { passed: tried + notTried.length - failed, failed, skipped: 0, failures };
};

const all = [
  check('typecheck', 'tsc', '--noEmit'),
  check('lint', 'eslint', '.', '--max-warnings', '0'),
  check('format', 'prettier', '--check', '--log-level', 'warn', '.'),
  playwright(
    'unit tests, scenarios and a small load',
    ...['preflight', 'scenarios', 'load', 'unit'].map((project) => `--project=${project}`),
  ),
  faultMatrix(),
];

const total = (count: (counts: Counts) => number): number => all.reduce((sum, counts) => sum + count(counts), 0);
const failed = total((counts) => counts.failed);
// Once more at the end, where a log that is cut short in its middle still has them.
for (const failure of all.flatMap(({ failures }) => failures)) console.log(`FAILED: ${failure}`);
console.log(`\n${total((counts) => counts.skipped)} skipped or not applicable`);
console.log(`${total((counts) => counts.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
