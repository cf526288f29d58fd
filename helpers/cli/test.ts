import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { accusation } from '../mutation/matrix-result.ts';
import { runPart, type EndedPart, type Part } from '../report/run-part.ts';
import { timeTable, type TimedFile } from '../report/time-table.ts';
import { loadSettings } from '../settings/settings.ts';
import { projectFolder } from '../text/project-folder.ts';

const countsSchema = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  /** A line for each. */
  failures: z.array(z.string()),
  files: z.array(z.object({ file: z.string(), seconds: z.number() })),
});

const matrixSchema = z.object({
  notTried: z.array(z.string()),
  faults: z.array(z.object({ name: z.string(), killed: z.boolean() })),
  variants: z.array(
    z.object({ name: z.string(), green: z.boolean(), failed: z.array(z.string()), error: z.string().optional() }),
  ),
});

type Counts = Omit<z.infer<typeof countsSchema>, 'files'> & { readonly files?: readonly TimedFile[] };

const started = performance.now();
const ended: EndedPart[] = [];
let interrupted = false;

// The terminal has sent it to the parts as well, which put back what they have changed.
for (const signal of ['SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const run = async (part: Part): Promise<boolean> => {
  if (interrupted) return false;
  const outcome = await runPart(part, (text) => process.stdout.write(text));
  ended.push(outcome);
  return outcome.passed;
};

const installed = (name: string): string => path.join(projectFolder, 'node_modules', '.bin', name);

const check = async (title: string, command: string, ...args: string[]): Promise<Counts> => {
  const passed = await run({ title, command: [installed(command), ...args], output: 'in the end' });
  return { passed: Number(passed), failed: Number(!passed), skipped: 0, failures: passed ? [] : [title] };
};

/** Checks that need a processor and nothing else, one after the other. */
const checks = async (): Promise<Counts[]> => [
  await check('typecheck', 'tsc', '--noEmit'),
  await check('format', 'prettier', '--check', '--log-level', 'warn', '.'),
  await check('imports', 'depcruise', 'helpers', 'fixtures', 'tests'),
  await check('unused exports', 'knip'),
  await check('lint', 'eslint', '.', '--max-warnings', '0'),
];

const playwright = async (title: string, ...args: string[]): Promise<Counts> => {
  const countsFile = path.join(projectFolder, 'test-results', 'counts.json');
  rmSync(countsFile, { force: true });
  const passed = await run({ title, command: [installed('playwright'), 'test', ...args], output: 'lines' });
  const nothingRan = { passed: 0, failed: 1, skipped: 0, failures: [`${title}: nothing ran`] };
  const counts = existsSync(countsFile) ? countsSchema.parse(JSON.parse(readFileSync(countsFile, 'utf8'))) : nothingRan;
  return !passed && counts.failed === 0
    ? { ...counts, failed: 1, failures: [`${title}: an error outside of every test`] }
    : counts;
};

const faultMatrix = async (): Promise<Counts> => {
  const resultFile = path.join(projectFolder, 'test-results', 'faults.json');
  rmSync(resultFile, { force: true });
  const command = [process.execPath, '--import', 'tsx', 'helpers/cli/faults.ts'] as const;
  const passed = await run({ title: 'faults and variants', command, output: 'terminal' });
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

// Unit tests wait for processes that they start, so that as many workers as processors keep these busy.
const workers = loadSettings().workers ?? availableParallelism();

const [ofChecks, ofPlaywright] = await Promise.all([
  checks(),
  playwright(
    'unit tests, scenarios and a small load',
    ...['preflight', 'scenarios', 'crash', 'load', 'unit'].map((project) => `--project=${project}`),
    `--workers=${workers}`,
  ),
]);
// Alone, since its gates tell time.
const all = [...ofChecks, ofPlaywright, await faultMatrix()];

console.log(
  `\n${timeTable(
    ended,
    all.flatMap(({ files = [] }) => files),
    (performance.now() - started) / 1000,
  )}`,
);
const total = (count: (counts: Counts) => number): number => all.reduce((sum, counts) => sum + count(counts), 0);
const failed = total((counts) => counts.failed);
// Once more at the end, where a log that is cut short in its middle still has them.
for (const failure of all.flatMap(({ failures }) => failures)) console.log(`FAILED: ${failure}`);
console.log(`\n${total((counts) => counts.skipped)} skipped or not applicable`);
console.log(`${total((counts) => counts.passed)} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
