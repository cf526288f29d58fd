import type { Circumstance } from '../kinds/circumstances.ts';
import type { Deviation } from '../deviations/deviation.ts';

/** A deviation, and the test that saw it. */
export interface SeenDeviation<Test> {
  readonly test: Test;
  readonly deviation: Deviation;
}

/** Deviations of one breach, in the circumstances in which it showed. */
export interface Group<Test> {
  /** Kind, call, status and code, as far as they tell one defect from another. */
  readonly breach: string;
  readonly circumstances: Set<Circumstance>;
  readonly seen: SeenDeviation<Test>[];
  readonly symptoms: SeenDeviation<Test>[];
}
