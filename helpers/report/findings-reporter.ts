import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { z } from 'zod';
import type { EndedScenario } from '../findings/grouping/ended-scenario.ts';
import type { Finding, Findings } from '../findings/grouping/finding.ts';
import { findingsOfRun } from '../findings/grouping/findings-of-run.ts';
import { findingsVerdict, isFailing } from '../findings/grouping/findings-verdict.ts';
import { promiseNamed } from '../findings/promises.ts';
import { clearFindings, writeFindings } from '../findings/report/findings-folder.ts';
import { markdownFindings } from '../findings/report/markdown-findings.ts';
import { terminalFindings } from '../findings/report/terminal-findings.ts';
import { toleranceFor, type Tolerance } from '../findings/accepted/tolerance.ts';
import { currentTarget } from '../profile/current-target.ts';
import { targetFile } from '../profile/load-target.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { jobSummaryFile } from '../settings/job-summary-file.ts';
import { missingShards } from '../settings/missing-shards.ts';
import { projectFolder } from '../text/project-folder.ts';
import { shownLine } from '../text/shown-text.ts';
import { attachFindings } from './attach-findings.ts';
import { blockedAnnotation } from './rate-limit-note.ts';
import { endedScenario, isScenario, notBegun } from './ended-scenarios.ts';

const optionsSchema = z.object({ target: z.string() });

const maxReasonLength = 300;

/** All that follows the progress, what the reporters beside print among it, each with an empty line before it. */
const maxLines = 40;
const linesOfVerdict = 3;
const linesOfLoad = 8;

const promiseSentence = (id: string): string | undefined => promiseNamed(id)?.sentence;

/** Puts the failures of a run together to findings, writes their reports, and prints the worst of them. */
export default class FindingsReporter implements Reporter {
  readonly #settings: Settings = loadSettings();
  // Read before the run: a file that cannot be read ends it here, and not after an hour.
  readonly #tolerance: Tolerance = toleranceFor(targetFile(this.#settings.target), this.#settings.failOn, new Date());
  readonly #target: string;
  readonly #ended: EndedScenario[] = [];
  #suite: Suite | undefined;
  #blockedBy: string | undefined;

  constructor(options: unknown) {
    // Playwright ends a run gracefully on Ctrl-C alone; what was found until then is worth as much on a SIGTERM.
    process.on('SIGTERM', () => process.kill(process.pid, 'SIGINT'));
    this.#target = optionsSchema.parse(options).target;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
    if (!process.argv.includes('--list') && suite.allTests().some(isScenario))
      clearFindings(this.#settings.findingsFolder);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (isScenario(test)) {
      this.#ended.push(endedScenario(test, result, currentTarget()));
      this.#blockedBy ??= result.annotations.find(({ type }) => type === blockedAnnotation)?.description;
    } else if (test.parent.project()?.name === 'preflight' && result.status === 'failed') {
      this.#blockedBy ??= shownLine(result.errors[0]?.message ?? '', maxReasonLength);
    }
  }

  async onEnd({ status }: FullResult): Promise<void> {
    const tests = this.#suite?.allTests() ?? [];
    // With --list nothing runs; and what has no scenarios has no findings.
    if (!tests.some(isScenario) || tests.every(({ results }) => results.length === 0)) return;
    const findings = await this.#write(this.#findings(status === 'interrupted'));
    const written = path.resolve(projectFolder, this.#settings.findingsFolder);
    if (this.#suite) attachFindings(this.#suite, findings, written);
    const folder = path.relative(process.cwd(), written) || '.';
    const summary = jobSummaryFile();
    if (summary !== undefined) appendFileSync(summary, `${markdownFindings(findings, { folder, promiseSentence })}\n`);
    const isSilent = findings.findings.length === 0 && findings.fixed.length === 0;
    // Which shard is missing is said nowhere else.
    if (isSilent && findings.verdict !== 'INCONCLUSIVE') return;
    const options = { folder, colour: process.stdout.isTTY, maxLines: this.#maxLines(), promiseSeverity };
    console.log(`\n${terminalFindings(findings, options)}`);
  }

  printsToStdio(): boolean {
    return false;
  }

  /** Writes all reports of some findings. Returns these with the names of their scripts. */
  async #write(found: Findings): Promise<Findings> {
    // Loaded where there is something to show, since it brings along the client of the database.
    const { findings, scripts } =
      found.findings.length === 0
        ? { findings: found, scripts: new Map<string, string>() }
        : (await import('../findings/scripts/scripts-of.ts')).scriptsOf(found, currentTarget());
    writeFindings(this.#settings.findingsFolder, findings, scripts, promiseSentence);
    return findings;
  }

  #findings(isInterrupted: boolean): Findings {
    const scenarios = [...this.#ended, ...(this.#suite ? notBegun(this.#suite) : [])];
    const found = findingsOfRun(scenarios, this.#tolerance);
    const { failOn } = this.#tolerance;
    const cutOff = this.#cutOff(found.findings.filter((finding) => isFailing(finding, failOn)));
    const verdict = findingsVerdict({
      ...found,
      ...{ isInterrupted, blockedBy: this.#blockedBy, cutOff, failOn },
      missingShards: missingShards(),
    });
    return { version: 1, ...verdict, target: this.#target, ...found };
  }

  /** Returns how many lines are left to the findings, since all that follows the progress is to fit into forty. */
  #maxLines(): number {
    const isLoad = ({ parent }: TestCase): boolean => parent.project()?.name === 'load';
    return maxLines - linesOfVerdict - (this.#suite?.allTests().some(isLoad) ? linesOfLoad : 0);
  }

  /** Returns how many scenarios fail the run that no finding does. */
  #cutOff(failing: readonly Finding[]): number {
    const known = failing.flatMap(({ scenarios }) => scenarios);
    return this.#ended.filter(
      ({ file, title, isUnexpected = false }) =>
        isUnexpected && !known.some((one) => one.file === file && one.title === title),
    ).length;
  }
}

const promiseSeverity = (id: string) => promiseNamed(id)?.severity;
