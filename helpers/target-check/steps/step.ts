import type { Need } from './step-ends.ts';
import type { Walk } from './walk.ts';

/** One step of the walk. */
export interface Step {
  /** Its action, for people. */
  readonly title: string;
  /** Results that later steps need. */
  readonly provides?: readonly Need[];
  /** Sends requests and records misfits; ends early by throwing one of the errors in step-ends.ts. */
  readonly run: (walk: Walk) => Promise<void>;
}
