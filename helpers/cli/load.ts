import { spawn } from 'node:child_process';
import path from 'node:path';
import { concludeRun } from '../load/run/conclude-run.ts';
import { assertLoadApplies } from '../load/plan/assert-load-applies.ts';
import { loadPlan } from '../load/plan/load-plan.ts';
import { loadProfileNames } from '../load/plan/read-load-profile.ts';
import { stoppedByHand } from '../load/audit/load-verdict.ts';
import { ReportFolder } from '../load/report/page/report-folder.ts';
import { seedingRefusal } from '../load/prepare/seeding-refusal.ts';
import { shardsOf } from '../load/measure/shards-of.ts';
import { terminalSummary } from '../load/report/terminal-summary.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';
import { projectFolder } from '../text/project-folder.ts';
import { loadTarget } from '../profile/load-target.ts';
import { loadSettings } from '../settings/settings.ts';
import { environmentWith } from '../settings/environment/child-environment.ts';
import { UserError } from '../text/user-error.ts';

const help = `Usage: npm run load [-- PROFILE] [-- Playwright's options, such as --workers=4 --shard=1/2]
       npm run load -- --merge FOLDER...

Runs a load profile: ${loadProfileNames().join(', ')}
(default payment-process; each is a file in tests/load/profiles). Ctrl-C ends the run gracefully, with a report of what ran.

  --merge FOLDER...   makes one report of the load-report folders of several shards

Settings (environment or .env): LOAD_PROFILE, LOAD_STAGES=30s:100,1m:100, LOAD_VUS, LOAD_DURATION, LOAD_ITERATIONS,
LOAD_RATE, LOAD_AMOUNTS, LOAD_PAUSE_MS, LOAD_GAP_MS, LOAD_THRESHOLDS, LOAD_FAULTS, LOAD_TRANSPORT, SEED, USER_IDS,
PRODUCT_IDS: see .env.example. npm run plan prints what a run needs, without running it.
`;

const sameInterruptMs = 500;

const [command, ...rest] = process.argv.slice(2);

const merge = (folders: readonly string[]): number => {
  // The folder of the report may be one of those to merge.
  const parts = shardsOf(folders);
  const [first] = parts;
  const report = new ReportFolder({ load: { ...loadSettings().load, ...(first && { profile: first.profile }) } });
  report.clear();
  for (const part of parts) report.writePart(part);
  const summary = concludeRun(report);
  if (!summary) throw new UserError(`There is no part of a load run in ${folders.join(', ')}.`);
  console.log(terminalSummary(summary, { colour: process.stdout.isTTY }));
  return summary.verdict === 'PASS' ? 0 : 1;
};

const run = async (): Promise<number> => {
  const profile = command !== undefined && !command.startsWith('-') ? command : undefined;
  const options = profile === undefined ? process.argv.slice(2) : rest;
  const settings = loadSettings();
  const name = profile ?? settings.load.profile ?? 'payment-process';
  // Fails before anything is started where the profile cannot be run.
  const asked = { ...settings, load: { ...settings.load, profile: name } };
  assertLoadApplies(await loadTarget(settings.target));
  const plan = await loadPlan(asked, 1);
  const refusal = seedingRefusal(plan, asked);
  if (refusal !== undefined) throw new UserError(refusal);
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  // In a process group of its own, so that Ctrl-C reaches only this process: a run that ends gracefully has a report.
  const child = spawn(process.execPath, [cli, 'test', '--project=load', ...options], {
    cwd: projectFolder,
    env: environmentWith({ LOAD_PROFILE: name }),
    stdio: 'inherit',
    detached: true,
  });
  let interruptedAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A signal to the whole process group arrives again through the parent processes.
      if (interruptedAt !== undefined && performance.now() - interruptedAt < sameInterruptMs) return;
      if (interruptedAt !== undefined) {
        child.kill('SIGINT');
      } else {
        interruptedAt = performance.now();
        console.log('\nending the run; press Ctrl-C again to abort it');
        // Requested repeatedly, since a run that is just starting clears its folder first.
        setInterval(() => {
          new ReportFolder(asked).requestStop(stoppedByHand);
        }, 300).unref();
      }
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
};

ignoreUnreadOutput();

try {
  if (command === '--help' || command === '-h') console.log(help.trimEnd());
  else process.exitCode = command === '--merge' ? merge(rest) : await run();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
