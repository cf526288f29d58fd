import type { FullResult, TestCase } from '@playwright/test/reporter';
import type { LoadVerdict } from '../load/measure/load-summary.ts';

/** The project and the outcome of a test. */
export interface EndedTest {
  readonly project: string | undefined;
  readonly outcome: ReturnType<TestCase['outcome']>;
  /** It ended because nothing could be proven any more. */
  readonly isBlocked?: boolean;
}

const hasFailed = ({ outcome }: EndedTest): boolean => outcome === 'unexpected' || outcome === 'flaky';

/**
 * Returns the verdict of a run. With a load run it is that of the load, unless something else failed.
 *
 * @param load verdict of the load; undefined where none ran.
 */
export function runVerdict(status: FullResult['status'], tests: readonly EndedTest[], load?: LoadVerdict): string {
  if (status === 'interrupted') return 'INTERRUPTED';
  const failed = tests.filter(hasFailed);
  // What was found before it could not go on counts more.
  const isStuck = failed.length === 0 && tests.some((test) => test.isBlocked);
  const isBlocked = isStuck || failed.some(({ project }) => project === 'preflight');
  if (isBlocked || tests.every(({ outcome }) => outcome === 'skipped')) return 'BLOCKED';
  if (load === undefined || load === 'PASS') return status === 'passed' ? 'PASS' : 'FAIL';
  // These projects fail whenever the load does.
  const ofTheLoad = load === 'BLOCKED' ? ['load', 'verdict'] : ['verdict'];
  const isOnlyLoad = failed.every(({ project }) => project !== undefined && ofTheLoad.includes(project));
  return isOnlyLoad && (status === 'passed' || failed.length > 0) ? load : 'FAIL';
}
