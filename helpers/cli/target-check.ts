import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../text/project-folder.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { environmentWith } from '../settings/child-environment.ts';
import { startShopProcess, type ShopProcess } from '../api/shop-process.ts';
import { markdownReport } from '../target-check/report/markdown-report.ts';
import { runTargetCheck } from '../target-check/run-target-check.ts';
import { closingText, stepText } from '../target-check/report/terminal-report.ts';
import type { CheckReport } from '../target-check/report/step-report.ts';
import { loadTarget, targetFile, targetNames } from '../profile/load-target.ts';
import { UserError } from '../text/user-error.ts';

const help = `Usage: npm run target:check [-- --output=FOLDER]

Checks the target profile against the live API, step by step: prints every request with its answer, and for every misfit
the line of the profile with a suggestion. The check then continues as if the suggestion were applied, so that one run
finds as many misfits as possible.

It orders and pays for accounts and products of its own, and removes them at the end, after Ctrl-C as well.

Settings (environment or .env), the same as for the runs: TARGET (${targetNames().join(', ')}, or the path of a
profile), BASE_URL, DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME, ALLOW_WRITES_TO, API_TOKEN, API_KEY, API_PASSWORD,
USER_IDS, REQUEST_TIMEOUT_MS. Without BASE_URL the bundled shop is started and checked.

Writes target-check.json and target-check.md, a table to paste, to test-results or the folder given.
Exit code 0: the profile fits; 1: there are misfits; 2: a setting is wrong.
`;

const exitCodes = { fits: 0, misfits: 1, settings: 2, interrupted: 130 };

const sameInterruptMs = 500;

const stopping = new AbortController();

/** Puts everything back after the first Ctrl-C; the second one ends at once, and the next run removes the rest. */
const endAtSignals = (): void => {
  let interruptedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A signal to the whole process group arrives again through the parent processes.
      if (interruptedAt !== undefined && performance.now() - interruptedAt < sameInterruptMs) return;
      if (interruptedAt !== undefined) process.exit(exitCodes.interrupted);
      interruptedAt = performance.now();
      console.log('putting everything back; press Ctrl-C again to leave that to the next run');
      stopping.abort();
    });
  }
};

const writeReports = (report: CheckReport, folder: string): string[] => {
  mkdirSync(folder, { recursive: true });
  const texts = { json: `${JSON.stringify(report, undefined, 2)}\n`, md: markdownReport(report) };
  return Object.entries(texts).map(([extension, text]) => {
    const file = path.join(folder, `target-check.${extension}`);
    writeFileSync(file, text);
    return path.relative(process.cwd(), file);
  });
};

const check = async (settings: Settings, baseUrl: string, folder: string): Promise<number> => {
  const { target } = settings;
  const profile = await loadTarget(target);
  const colour = process.stdout.isTTY;
  const report = await runTargetCheck({
    settings: { ...settings, baseUrl },
    profile,
    file: targetFile(target),
    signal: stopping.signal,
    onStep: (step) => {
      console.log(stepText(step, { colour }));
    },
  });
  console.log(`\n${closingText(report, writeReports(report, folder))}`);
  if (report.interrupted) return exitCodes.interrupted;
  const fits = report.steps.every(({ outcome }) => outcome === 'fits' || outcome === 'not-applicable');
  return fits ? exitCodes.fits : exitCodes.misfits;
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      output: { type: 'string', default: path.join(projectFolder, 'test-results') },
    },
  });
  if (values.help) {
    console.log(help.trimEnd());
    return exitCodes.fits;
  }
  const settings = loadSettings();
  // Fails before anything is started where the profile cannot be loaded.
  await loadTarget(settings.target);
  endAtSignals();
  if (settings.baseUrl !== undefined) return check(settings, settings.baseUrl, values.output);
  let shop: ShopProcess | undefined;
  try {
    shop = await startShopProcess(environmentWith({}));
    return await check(loadSettings(shop), shop.url, values.output);
  } finally {
    await shop?.stop();
  }
};

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!(error instanceof UserError) && !isUsage) throw error;
  console.error(error.message);
  process.exitCode = exitCodes.settings;
}
