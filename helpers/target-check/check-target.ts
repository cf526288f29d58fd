import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadTarget, targetFile } from '../profile/load-target.ts';
import type { Settings } from '../settings/settings.ts';
import { markdownReport } from './report/markdown-report.ts';
import type { CheckReport } from './report/step-report.ts';
import { closingText, stepText } from './report/terminal-report.ts';
import { runTargetCheck } from './run-target-check.ts';

/** Exit codes of a target check. */
export const checkExitCodes = { fits: 0, misfits: 1, settings: 2, failed: 3, interrupted: 130 };

/** Settings of a target check, and where its outcome goes. */
export interface TargetCheck {
  /** With the address of the API. */
  readonly settings: Settings & { readonly baseUrl: string };
  /** Gets the reports. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly colour: boolean;
  /** Is given every step once it is over, and in the end what came of all of them. */
  readonly print: (text: string) => void;
}

const writeReports = (report: CheckReport, folder: string): string[] => {
  mkdirSync(folder, { recursive: true });
  const texts = { json: `${JSON.stringify(report, undefined, 2)}\n`, md: markdownReport(report) };
  return Object.entries(texts).map(([extension, text]) => {
    const file = path.join(folder, `target-check.${extension}`);
    writeFileSync(file, text);
    return path.relative(process.cwd(), file);
  });
};

/**
 * Checks the profile that the settings name against its live target, and reports it.
 *
 * @returns the exit code.
 * @throws UserError when there is no such profile, or it asks for a secret that is not set.
 */
export async function checkTarget({ settings, folder, signal, colour, print }: TargetCheck): Promise<number> {
  const report = await runTargetCheck({
    settings,
    profile: await loadTarget(settings.target),
    file: targetFile(settings.target),
    signal,
    onStep: (step) => {
      print(stepText(step, { colour }));
    },
    onWait: (what) => {
      print(`     … ${what}`);
    },
  });
  print(`\n${closingText(report, writeReports(report, folder))}`);
  if (report.interrupted) return checkExitCodes.interrupted;
  if (report.misfits === 0 && report.failures > 0) return checkExitCodes.failed;
  const fits = report.steps.every(({ outcome }) => outcome === 'fits' || outcome === 'not-applicable');
  return fits ? checkExitCodes.fits : checkExitCodes.misfits;
}
