import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadTarget, targetFile } from '../profile/load-target.ts';
import type { Settings } from '../settings/settings.ts';
import { Blocked } from '../text/blocked.ts';
import { checkPage } from './report/check-page.ts';
import { markdownReport } from './report/markdown-report.ts';
import type { CheckReport } from './report/step-report.ts';
import { closingText, stepText } from './report/terminal-report.ts';
import { runTargetCheck } from './run-target-check.ts';
import { exitCodes } from './exit-codes.ts';
import { writeCorrections } from './write/write-corrections.ts';

/** Settings of a target check, and where its outcome goes. */
export interface TargetCheck {
  /** With the address of the API. */
  readonly settings: Settings & { readonly baseUrl: string };
  /** Gets the reports. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly colour: boolean;
  /** Applies the suggestions to the profile's file, and checks again, until nothing changes. */
  readonly write?: boolean;
  /** Is given every step once it is over, and in the end what came of all of them. */
  readonly print: (text: string) => void;
}

/** Each round can only mend what the one before has shown. */
const maxRounds = 6;

const writeReports = (report: CheckReport, folder: string): string[] => {
  mkdirSync(folder, { recursive: true });
  const texts = {
    json: `${JSON.stringify(report, undefined, 2)}\n`,
    md: markdownReport(report),
    html: checkPage(report),
  };
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
export async function checkTarget(check: TargetCheck): Promise<number> {
  try {
    return await checkAndReport(check);
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    check.print(`\nBLOCKED: ${error.message}`);
    return exitCodes.failed;
  }
}

async function checkAndReport(check: TargetCheck): Promise<number> {
  const { settings, folder, signal, colour, print, write = false } = check;
  const file = targetFile(settings.target);
  const walk = async (round: number): Promise<CheckReport> => {
    const { report } = await runTargetCheck({
      settings,
      profile: await loadTarget(settings.target, round),
      file,
      signal,
      onStep: (step) => {
        print(stepText(step, { colour }));
      },
      onWait: (what) => {
        print(`     … ${what}`);
      },
    });
    return report;
  };
  let report = await walk(0);
  for (let round = 1; write && round <= maxRounds && !report.interrupted; round += 1) {
    const { diff, left } = await writeCorrections(file, report.corrections, print);
    for (const { property } of left) print(`${property.join('.')}: to be changed by hand`);
    if (diff === '') break;
    print(`wrote ${path.relative(process.cwd(), file)}; checking again\n`);
    report = await walk(round);
  }
  print(`\n${closingText(report, writeReports(report, folder))}`);
  if (report.interrupted) return exitCodes.interrupted;
  if (report.misfits === 0 && report.failures > 0) return exitCodes.failed;
  const fits = report.steps.every(({ outcome }) => outcome === 'fits' || outcome === 'not-applicable');
  return fits ? exitCodes.fits : exitCodes.misfits;
}
