import type { Facts } from './facts.ts';
import type { Misfit } from '../judge/misfit.ts';

/** What a step may need of an earlier one. */
export type Need = keyof Facts | 'database';

/** Ends a step that has no object with this target or these settings. */
export class NotApplicable extends Error {}

/** Ends a step that needs what an earlier one did not come to. */
export class NotReached extends Error {
  /** What is needed: a fact, or the step of that number. */
  readonly needs: Need | number;

  constructor(needs: Need | number) {
    super(String(needs));
    this.needs = needs;
  }
}

/** Ends a step with a misfit after which there is nothing more to see. */
export class StepMisfit extends Error {
  readonly misfit: Misfit;

  constructor(misfit: Misfit) {
    super(misfit.problem);
    this.misfit = misfit;
  }
}

/** Ends the walk: it was interrupted. */
export class Interrupted extends Error {}
