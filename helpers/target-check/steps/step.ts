import type { Need } from './step-ends.ts';
import type { Walk } from './walk.ts';

/** One step of the walk. */
export interface Step {
  /** What it does, for people. */
  readonly title: string;
  /** What later steps need of it. */
  readonly provides?: readonly Need[];
  /** Sends requests and records what does not fit; ends early by throwing one of the step's ends. */
  readonly run: (walk: Walk) => Promise<void>;
}
