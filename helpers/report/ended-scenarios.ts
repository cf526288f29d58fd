import path from 'node:path';
import type { Suite, TestCase, TestResult } from '@playwright/test/reporter';
import type { Observed } from '../findings/deviations/deviation.ts';
import { deviationsOfTest } from '../findings/deviations/deviations-of-test.ts';
import type { EndedScenario } from '../findings/grouping/ended-scenario.ts';
import { observedIn } from '../findings/deviations/observed-in.ts';
import { observedOf } from '../findings/deviations/observed-of.ts';
import { promiseAnnotation, promiseNamed } from '../findings/promises.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** Returns whether a test is a scenario, which reports findings, and not a check of something else. */
export const isScenario = ({ parent }: TestCase): boolean =>
  ['scenarios', 'crash'].includes(parent.project()?.name ?? '');

const scenariosFolder = path.join('tests', 'scenarios');
const crashFolder = path.join('tests', 'crash');

/** A scenario may be registered by a helper: what counts is the spec. */
const specOf = ({ parent, location }: TestCase): string => {
  for (let suite: Suite | undefined = parent; suite; suite = suite.parent) {
    if (suite.type === 'file') return suite.location?.file ?? location.file;
  }
  return location.file;
};

const fileOf = (test: TestCase): string => {
  const file = specOf(test);
  // Relative to the scenarios, beside which they are.
  if (file.includes(crashFolder)) return `../crash/${path.basename(file)}`;
  const at = file.lastIndexOf(scenariosFolder);
  return (at < 0 ? path.basename(file) : file.slice(at + scenariosFolder.length + 1)).replaceAll('\\', '/');
};

const noted = (annotations: TestCase['annotations'], wanted: string): string | undefined =>
  annotations.findLast(({ type }) => type === wanted)?.description;

/** Returns what a scenario saw that ended before it could say so: in its set-up, or cut off by its time-out. */
const seenInErrors = (profile: TargetProfile, promise: string | undefined, errors: readonly string[]): Observed => {
  const found = promise === undefined ? undefined : promiseNamed(promise);
  const deviations = deviationsOfTest({
    ...{ profile, errors, exchanges: [], breaches: [], problems: [] },
    promise: found && promise !== undefined ? { ...found, id: promise } : undefined,
    failedMatcher: () => undefined,
  });
  return observedOf({ profile, deviations, exchanges: [], rows: undefined, gate: [] });
};

const titleOf = ({ title, repeatEachIndex }: TestCase): string =>
  repeatEachIndex > 0 ? `${title} (repetition ${repeatEachIndex + 1})` : title;

/** Follows "could not be judged because". */
const beforeItsTurn = 'the run ended before';

/** Returns what became of a scenario. */
export function endedScenario(test: TestCase, result: TestResult, profile: TargetProfile): EndedScenario {
  const promise = noted(test.annotations, promiseAnnotation);
  const base = { file: fileOf(test), title: titleOf(test), ...(promise !== undefined && { promise }) };
  const { status, annotations } = result;
  if (status === 'skipped') {
    const why = noted(annotations, 'not applicable');
    return why === undefined
      ? { ...base, status: 'notJudged', because: noted(annotations, 'skip') ?? beforeItsTurn }
      : { ...base, status: 'notApplicable', because: why };
  }
  if (status === 'interrupted') return { ...base, status: 'notJudged', because: beforeItsTurn };
  if (status === 'passed') return { ...base, status: 'passed' };
  const errors = result.errors.map(({ message, value }) => message ?? value ?? '');
  return {
    ...base,
    status: 'failed',
    isUnexpected: status !== test.expectedStatus,
    observed: observedIn(result.attachments) ?? seenInErrors(profile, promise, errors),
    error: errors.join('\n\n'),
  };
}

/** Returns the scenarios of a run that never began, because of what came before them. */
export const notBegun = (suite: Suite): EndedScenario[] =>
  suite
    .allTests()
    .filter((test) => isScenario(test) && test.results.length === 0)
    .map((test) => ({ file: fileOf(test), title: titleOf(test), status: 'notJudged', because: beforeItsTurn }));
