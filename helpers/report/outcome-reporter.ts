import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter';
import { z } from 'zod';

/** The outcome of a run of the suite as a child process. */
export const runOutcomeSchema = z.object({
  passed: z.number(),
  failed: z.array(
    z.object({
      project: z.string(),
      file: z.string(),
      title: z.string(),
      tags: z.array(z.string()),
      error: z.string(),
    }),
  ),
});

export type RunOutcome = z.infer<typeof runOutcomeSchema>;

const isMiscarried = (test: TestCase): boolean => test.outcome() === 'unexpected' || test.outcome() === 'flaky';

/** Writes the outcome of a run to `outcome.json` in its output folder, for the fault matrix to read. */
export default class OutcomeReporter implements Reporter {
  #suite: Suite | undefined;
  #outputFolder = '';

  onBegin(config: FullConfig, suite: Suite): void {
    this.#suite = suite;
    this.#outputFolder = config.projects[0]?.outputDir ?? '';
  }

  onEnd(): void {
    const tests = this.#suite?.allTests() ?? [];
    const outcome: RunOutcome = {
      passed: tests.filter((test) => test.outcome() === 'expected').length,
      failed: tests.filter(isMiscarried).map((test) => ({
        project: test.parent.project()?.name ?? '',
        file: path.basename(test.location.file),
        title: test.title,
        tags: test.tags,
        error: test.results.at(-1)?.errors[0]?.message ?? '',
      })),
    };
    mkdirSync(this.#outputFolder, { recursive: true });
    writeFileSync(path.join(this.#outputFolder, 'outcome.json'), JSON.stringify(outcome));
  }
}
