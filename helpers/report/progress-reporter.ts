import path from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { counted } from '../text/words/counted.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';
import { painter, type Paint } from '../text/terminal/paint.ts';
import { isScenario } from './ended-scenarios.ts';

const marks = { passed: '✓', skipped: '-', failed: '✘' } as const;
const colours = { passed: 'green', skipped: 'dim', failed: 'red' } as const;

/**
 * Prints a line for each test as it ends, in the form of Playwright's own `list`. The errors of scenarios are left to
 * the findings and the HTML report; those of all other tests stand here at the end. `--reporter=list` prints everything.
 */
export default class ProgressReporter implements Reporter {
  readonly #paint: Paint = painter(process.stdout.isTTY);
  readonly #failed: { readonly test: TestCase; readonly errors: readonly TestError[] }[] = [];
  #rootFolder = '';
  #ended = 0;

  constructor() {
    ignoreUnreadOutput();
  }

  onBegin({ rootDir, configFile }: FullConfig, suite: Suite): void {
    this.#rootFolder = configFile === undefined ? rootDir : path.dirname(configFile);
    if (!process.argv.includes('--list')) return;
    const tests = suite.allTests();
    console.log(['Listing tests:', ...tests.map((test) => `  ${this.#placeOf(test)}`)].join('\n'));
    console.log(`Total: ${counted(tests.length, 'test')}`);
  }

  onStdOut(text: string | Buffer): void {
    process.stdout.write(text);
  }

  onStdErr(text: string | Buffer): void {
    process.stderr.write(text);
  }

  onTestEnd(test: TestCase, { status, errors, duration }: TestResult): void {
    this.#ended += 1;
    const isExpected = status === test.expectedStatus;
    const outcome = status === 'skipped' ? 'skipped' : isExpected ? 'passed' : 'failed';
    const place = `${marks[outcome]} ${String(this.#ended).padStart(4)} ${this.#placeOf(test)}`;
    const time = outcome === 'skipped' ? '' : ` (${timeText(duration)})`;
    console.log(`  ${this.#paint(colours[outcome], place)}${this.#paint('dim', time)}`);
    if (outcome === 'failed' && !isScenario(test)) this.#failed.push({ test, errors });
  }

  onError({ message, stack }: TestError): void {
    console.log(`\n${stack ?? message ?? 'an error outside of every test'}`);
  }

  onEnd(): void {
    for (const [nth, { test, errors }] of this.#failed.entries()) {
      const texts = errors.map(({ message, value, stack, snippet }) =>
        [stack ?? message ?? value ?? '', snippet].filter(Boolean).join('\n\n'),
      );
      const title = `${nth + 1}) ${this.#placeOf(test)}`;
      console.log(`\n  ${this.#paint('red', title)}\n\n${indented(texts.join('\n\n'))}`);
    }
    if (this.#failed.length > 0) console.log(`\n  ${counted(this.#failed.length, 'test')} failed beside the scenarios`);
  }

  printsToStdio(): boolean {
    return true;
  }

  #placeOf(test: TestCase): string {
    const { file, line } = test.location;
    const project = test.parent.project()?.name;
    const [, , , ...titles] = test.titlePath();
    const place = `${path.relative(this.#rootFolder, file)}:${line}`;
    return [...(project === undefined ? [] : [`[${project}]`]), place, ...titles].join(' › ').replace('] › ', '] ');
  }
}

const timeText = (ms: number): string => (ms < 1000 ? `${Math.round(ms)}ms` : `${(ms / 1000).toFixed(1)}s`);

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ');
