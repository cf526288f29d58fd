import path from 'node:path';
import { expect } from '@playwright/test';
import { runLoadHere } from './run-load-here.ts';
import { preflightHere, type PreflightOutcome } from './preflight-here.ts';
import { runScenarios, type SuiteOutcome } from './run-suite.ts';
import { checkTargetHere, type CheckRun } from './run-target-check.ts';
import { suiteEnvironment, type SuitePlace } from './suite-environment.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';

interface Trial extends SuitePlace {
  /** Further settings by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The scenarios to run: parts of the names of their files. */
  readonly scenarios: readonly string[];
}

/** What came of a target in every kind of run. */
export interface Tried {
  readonly preflight: PreflightOutcome;
  readonly run: SuiteOutcome;
  readonly check: CheckRun;
  readonly load: LoadSummary;
}

/** Runs preflight, scenarios, the target check and a short load run against a target, each as its users do. */
export async function tryTarget({ settings = {}, scenarios, ...place }: Trial): Promise<Tried> {
  const { folder } = place;
  const environment = { ...suiteEnvironment(place), ...settings };
  const check = await checkTargetHere({ folder: path.join(folder, 'check'), environment });
  const load = await runLoadHere(place, { LOAD_PROFILE: 'smoke', LOAD_ITERATIONS: '8', ...settings });
  const preflight = await preflightHere(place, settings);
  const run = await runScenarios(scenarios, { ...place, settings });
  return { preflight, run, check, load };
}

/** Expects that preflight, scenarios, check and load run found nothing. */
export function expectNothingFound({ preflight, run, check, load }: Tried): void {
  expect(preflight.said).toBe('');
  expect(check.exitCode, check.output).toBe(0);
  expect([load.verdict, load.refusals], load.reason).toEqual(['PASS', []]);
  expect(run.terminal).toMatch(/PASS: [1-9]\d* passed, 0 failed/);
  expect(run.exitCode).toBe(0);
}
