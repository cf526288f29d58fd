import path from 'node:path';
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';
import { readSummary } from '../load/report/compare/read-summary.ts';
import { ReportFolder } from '../load/report/page/report-folder.ts';
import { liveLine } from '../load/report/live-line.ts';
import { projectFolder } from '../text/project-folder.ts';
import { loadSettings } from '../settings/settings.ts';
import { isScenario } from './ended-scenarios.ts';

/**
 * Prints the state of a load run every second, and its summary at the end, even if it was interrupted: a brief one where
 * scenarios ran as well.
 */
export default class LoadReporter implements Reporter {
  readonly #folder = new ReportFolder(loadSettings());
  #timer: NodeJS.Timeout | undefined;
  #hasLoad = false;
  #hasScenarios = false;
  #isLineOpen = false;

  onBegin(_config: FullConfig, suite: Suite): void {
    // With --list nothing runs, and the folder holds an earlier run.
    this.#hasLoad =
      !process.argv.includes('--list') && suite.allTests().some((test) => test.parent.project()?.name === 'load');
    if (!this.#hasLoad) return;
    this.#hasScenarios = suite.allTests().some(isScenario);
    this.#folder.clear();
    const isTerminal = process.stdout.isTTY;
    this.#timer = setInterval(
      () => {
        const line = liveLine(this.#folder.live());
        if (line === undefined) return;
        // The line is overwritten in a terminal, but not in a log.
        process.stdout.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
        this.#isLineOpen = isTerminal;
      },
      isTerminal ? 1000 : 10_000,
    );
    this.#timer.unref();
  }

  async onEnd(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#isLineOpen) process.stdout.write('\n');
    if (!this.#hasLoad) return;
    // Loaded here, since most runs have no load, and each file takes every one of them its time.
    const { concludeRun } = await import('../load/run/conclude-run.ts');
    const { terminalSummary } = await import('../load/report/terminal-summary.ts');
    const { briefSummary } = await import('../load/report/brief-summary.ts');
    const summary = readSummary(this.#folder) ?? concludeRun(this.#folder);
    if (!summary) return;
    // Beside scenarios it must not push their findings out of sight.
    const render = this.#hasScenarios ? briefSummary : terminalSummary;
    console.log(`\n${render(summary, { colour: process.stdout.isTTY })}`);
    console.log(
      `${this.#hasScenarios ? '  ' : ''}load report: ${path.relative(projectFolder, path.join(this.#folder.path, 'index.html'))}`,
    );
  }

  printsToStdio(): boolean {
    return false;
  }
}
