import type { Facts } from './facts.ts';
import type { ApiFailure } from '../judge/api-failure.ts';
import type { Misfit } from '../judge/misfit.ts';

/** A result of an earlier step that a step may need. */
export type Need = keyof Facts | 'database';

/** Ends a step that does not apply to this target or these settings. */
export class NotApplicable extends Error {}

/** Ends a step that needs a result which an earlier one did not produce. */
export class NotReached extends Error {
  /** The fact that is needed, or the number of the step. */
  readonly needs: Need | number;

  constructor(needs: Need | number) {
    super(String(needs));
    this.needs = needs;
  }
}

/** Ends a step with a misfit after which it cannot go on. */
export class StepMisfit extends Error {
  readonly misfit: Misfit;

  constructor(misfit: Misfit) {
    super(misfit.problem);
    this.misfit = misfit;
  }
}

/** Ends a step in which the API has failed, so that nothing about the profile can be concluded. */
export class StepFailure extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure) {
    super(failure.sentence);
    this.failure = failure;
  }
}

/** Ends the walk: it was interrupted. */
export class Interrupted extends Error {}
