import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { z } from 'zod';
import { rateLimitText } from '../api/answers/rate-limit-text.ts';
import { counted } from '../text/words/counted.ts';
import { groupedBy } from '../text/words/grouped-by.ts';
import type { LoadVerdict } from '../load/measure/load-summary.ts';
import { readSummary } from '../load/report/compare/read-summary.ts';
import { ReportFolder } from '../load/report/page/report-folder.ts';
import { htmlReportFolder } from '../settings/html-report-folder.ts';
import { missingShards } from '../settings/missing-shards.ts';
import { shownLine } from '../text/shown-text.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { isFindingsTest } from './attach-findings.ts';
import { isScenario } from './ended-scenarios.ts';
import { blockedAnnotation, rateLimitAnnotation, sumOfNotes } from './rate-limit-note.ts';
import { knownFailures } from './known-failures.ts';
import { runVerdict } from './run-verdict.ts';
import type { TimedFile } from './time-table.ts';

const maxFailureLength = 500;

/** Annotations that are repeated in the last lines of a run, with their words there. */
const noted = new Map([
  ['not proven', 'not proven without a database'],
  ['may stay', 'may stay in the database'],
]);

const optionsSchema = z.object({ target: z.string(), seed: z.number() });

/** Prints the target at the start of a run, and its verdict and the place of its report at the end. */
export default class RunReporter implements Reporter {
  readonly #options: z.infer<typeof optionsSchema>;
  #suite: Suite | undefined;
  #rootFolder = '';
  #foundTests = true;

  constructor(options: unknown) {
    this.#options = optionsSchema.parse(options);
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.#suite = suite;
    this.#rootFolder = config.configFile ? path.dirname(config.configFile) : config.rootDir;
    const { target, seed } = this.#options;
    console.log(
      `target ${target}, ${counted(config.workers, 'worker')}, RANDOM_SEED=${seed}\n${placeOf(loadSettings())}`,
    );
  }

  onError({ message = '' }: TestError): void {
    if (/\bNo tests found\b/.test(message)) this.#foundTests = false;
  }

  onEnd({ status }: FullResult): Promise<{ status?: FullResult['status'] }> {
    // Playwright has said so, and that no target is to blame.
    if (!this.#foundTests) return Promise.resolve({});
    // What shows the others' findings is no test of the target.
    const tests = (this.#suite?.allTests() ?? []).filter((test) => !isFindingsTest(test));
    // With --list nothing runs, so there is no verdict.
    if (status === 'passed' && tests.every(({ results }) => results.length === 0)) return Promise.resolve({});
    const count = (outcome: ReturnType<TestCase['outcome']>): number =>
      tests.filter((test) => test.outcome() === outcome).length;
    const results = path.join(this.#rootFolder, 'test-results');
    const counts = {
      passed: count('expected'),
      failed: count('unexpected') + count('flaky'),
      skipped: count('skipped'),
      failures: tests.filter((test) => ['unexpected', 'flaky'].includes(test.outcome())).map(failureOf),
      files: timesOf(tests, this.#rootFolder),
    };
    mkdirSync(results, { recursive: true });
    writeFileSync(path.join(results, 'counts.json'), JSON.stringify(counts));
    const notesOf = (wanted: string): string[] =>
      tests.flatMap(({ annotations }) =>
        annotations.flatMap(({ type, description }) => (type === wanted && description ? [description] : [])),
      );
    const [blockedBy] = notesOf(blockedAnnotation);
    const rateLimited = sumOfNotes(notesOf(rateLimitAnnotation));
    const ended = tests.map((test) => ({
      project: test.parent.project()?.name,
      outcome: test.outcome(),
      isBlocked: test.annotations.some(({ type }) => type === blockedAnnotation),
    }));
    const reached = runVerdict(status, ended, loadVerdictOf(tests));
    const verdict = reached === 'PASS' && missingShards().length > 0 ? 'INCONCLUSIVE' : reached;
    const report = path.relative(process.cwd(), path.join(htmlReportFolder(this.#rootFolder), 'index.html'));
    const notApplicable = tests.filter(
      (test) => test.outcome() === 'skipped' && test.annotations.some(({ type }) => type === 'not applicable'),
    ).length;
    const beside = tests.filter((test) => !isScenario(test)).length;
    const passed = tests.filter((test) => test.outcome() === 'expected');
    const known = knownFailures(
      passed.map(({ annotations }) => annotations.map(({ type }) => type)),
      loadSettings().failOn,
    );
    const notes = tests
      .flatMap(({ annotations }) => annotations)
      .flatMap(({ type, description = '' }) => (noted.has(type) ? `\n${noted.get(type)}: ${description}` : []));
    console.log(
      `\n${verdict}: ${counts.passed} passed${known}, ${counts.failed} failed, ${counts.skipped} not run` +
        (notApplicable > 0 ? `, of which ${notApplicable} are not applicable` : '') +
        (beside > 0 && beside < tests.length
          ? `; ${beside} of these tests ${beside === 1 ? 'is no scenario' : 'are no scenarios'}`
          : '') +
        notes.join('') +
        (rateLimited.waits > 0 ? `\n${rateLimitText(rateLimited)}` : '') +
        (blockedBy === undefined ? '' : `\nBLOCKED: ${blockedBy}`) +
        `\nHTML report: ${report}  (npx playwright show-report)`,
    );
    // Whoever could not be judged is skipped, which alone does not fail a run.
    return Promise.resolve(blockedBy === undefined || status !== 'passed' ? {} : { status: 'failed' });
  }

  printsToStdio(): boolean {
    return false;
  }
}

/** Describes the system under test, so that nobody mistakes the bundled shop for their own. */
const placeOf = ({ baseUrl, database, usesBundledShop }: Settings): string => {
  const api = `API ${usesBundledShop ? 'of the bundled shop (BASE_URL is not set)' : (baseUrl ?? '')}`;
  return `${api}, ${database ? `database ${database.host}:${database.port}/${database.name}` : 'no database'}`;
};

/** Describes a failed test in one line, with the start of its first error. */
const failureOf = (test: TestCase): string => {
  const [, project = '', ...titles] = test.titlePath();
  const error = test.results.flatMap(({ errors }) => errors)[0]?.message ?? '';
  return shownLine(`[${project}] ${titles.join(' › ')}: ${error}`, maxFailureLength);
};

/** Returns how long the tests of each file took together, in seconds. */
const timesOf = (tests: readonly TestCase[], rootFolder: string): TimedFile[] =>
  [...groupedBy(tests, ({ location }) => path.relative(rootFolder, location.file))].map(([file, ofFile]) => ({
    file,
    seconds: ofFile.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0) / 1000,
  }));

// A summary in the folder is of an earlier run where no load ran in this one.
const loadVerdictOf = (tests: readonly TestCase[]): LoadVerdict | undefined =>
  tests.some(({ parent, results }) => parent.project()?.name === 'load' && results.length > 0)
    ? readSummary(new ReportFolder(loadSettings()))?.verdict
    : undefined;
