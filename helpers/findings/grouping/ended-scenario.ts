import type { Observed } from '../deviations/deviation.ts';

/** A scenario that has ended, as the reports need it. */
export interface EndedScenario {
  /** Path of the spec, from `tests/scenarios` on. */
  readonly file: string;
  readonly title: string;
  /** Id of the promise that it tries most of all. */
  readonly promise?: string;
  readonly status: 'passed' | 'failed' | 'notApplicable' | 'notJudged';
  /** Why it is not applicable or was not judged. */
  readonly because?: string;
  /** What it saw, where it failed. */
  readonly observed?: Observed;
  /** Whether Playwright counts it as failed: what shows accepted findings alone is expected to fail. */
  readonly isUnexpected?: boolean;
  /** The text of its first error. */
  readonly error?: string;
}
