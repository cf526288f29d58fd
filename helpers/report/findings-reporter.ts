import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { z } from 'zod';
import { acceptedFile, acceptedOn, readAccepted } from '../findings/accepted-findings.ts';
import type { EndedScenario } from '../findings/ended-scenario.ts';
import type { Findings } from '../findings/finding.ts';
import { findingsOfRun } from '../findings/findings-of-run.ts';
import { findingsVerdict } from '../findings/findings-verdict.ts';
import { promiseNamed } from '../findings/promises.ts';
import { writeFindings } from '../findings/report/findings-folder.ts';
import { markdownFindings } from '../findings/report/markdown-findings.ts';
import { terminalFindings } from '../findings/report/terminal-findings.ts';
import { scriptsOf } from '../findings/scripts/scripts-of.ts';
import { currentTarget } from '../profile/current-target.ts';
import { targetFile } from '../profile/load-target.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { jobSummaryFile } from '../settings/job-summary-file.ts';
import { shownLine } from '../text/shown-text.ts';
import { endedScenario, isScenario, notBegun } from './ended-scenarios.ts';

const optionsSchema = z.object({ target: z.string() });

const maxReasonLength = 300;

const promiseSentence = (id: string): string | undefined => promiseNamed(id)?.sentence;

/** Puts the failures of a run together to findings, writes their reports, and prints the worst of them. */
export default class FindingsReporter implements Reporter {
  readonly #settings: Settings = loadSettings();
  readonly #target: string;
  readonly #ended: EndedScenario[] = [];
  #suite: Suite | undefined;
  #rootFolder = '';
  #blockedBy: string | undefined;

  constructor(options: unknown) {
    this.#target = optionsSchema.parse(options).target;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.#suite = suite;
    this.#rootFolder = config.configFile ? path.dirname(config.configFile) : config.rootDir;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (isScenario(test)) this.#ended.push(endedScenario(test, result, currentTarget()));
    else if (test.parent.project()?.name === 'preflight' && result.status === 'failed') {
      this.#blockedBy ??= shownLine(result.errors[0]?.message ?? '', maxReasonLength);
    }
  }

  onEnd({ status }: FullResult): void {
    const tests = this.#suite?.allTests() ?? [];
    // With --list nothing runs; and what has no scenarios has no findings.
    if (!tests.some(isScenario) || tests.every(({ results }) => results.length === 0)) return;
    const { findings, scripts } = scriptsOf(this.#findings(status === 'interrupted'), currentTarget());
    const { findingsFolder } = this.#settings;
    writeFindings(findingsFolder, findings, scripts, promiseSentence);
    const folder = path.relative(process.cwd(), path.resolve(this.#rootFolder, findingsFolder)) || '.';
    const summary = jobSummaryFile();
    if (summary !== undefined) appendFileSync(summary, `${markdownFindings(findings, { folder, promiseSentence })}\n`);
    if (findings.findings.length === 0 && findings.fixed.length === 0) return;
    const htmlReport = path.relative(process.cwd(), path.join(this.#rootFolder, 'playwright-report', 'index.html'));
    const options = { folder, htmlReport, colour: process.stdout.isTTY, promiseSeverity };
    console.log(`\n${terminalFindings(findings, options)}`);
  }

  printsToStdio(): boolean {
    return false;
  }

  #findings(isInterrupted: boolean): Findings {
    const accepted = acceptedOn(readAccepted(acceptedFile(targetFile(this.#settings.target))), new Date());
    const scenarios = [...this.#ended, ...(this.#suite ? notBegun(this.#suite) : [])];
    const found = findingsOfRun(scenarios, accepted);
    const { failOn } = this.#settings;
    const verdict = findingsVerdict({ ...found, isInterrupted, blockedBy: this.#blockedBy, failOn });
    return { version: 1, ...verdict, target: this.#target, ...found };
  }
}

const promiseSeverity = (id: string) => promiseNamed(id)?.severity;
