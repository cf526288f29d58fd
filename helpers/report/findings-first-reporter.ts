import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig, Reporter } from '@playwright/test/reporter';
import { htmlReportFolder } from '../settings/html-report-folder.ts';
import { withFileFirst } from './with-file-first.ts';

/** Runs after Playwright's HTML reporter, and puts the findings before all other tests in its report. */
export default class FindingsFirstReporter implements Reporter {
  #rootFolder = '';

  onBegin({ configFile, rootDir }: FullConfig): void {
    this.#rootFolder = configFile === undefined ? rootDir : path.dirname(configFile);
  }

  onEnd(): void {
    const file = path.join(htmlReportFolder(this.#rootFolder), 'index.html');
    if (!existsSync(file)) return;
    const sorted = withFileFirst(readFileSync(file, 'utf8'), (name) => name.endsWith('findings.teardown.ts'));
    if (sorted !== undefined) writeFileSync(file, sorted);
  }

  printsToStdio(): boolean {
    return false;
  }
}
