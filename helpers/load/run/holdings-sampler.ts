import type { HoldingsView } from '../audit/holdings-view.ts';
import { earliest, lasting } from '../measure/lasting.ts';
import type { Sample } from '../measure/sample.ts';

const samplesToProject = 15;

/** Looks at balances and stock time and again while a run is under way, never twice at once. */
export class HoldingsSampler {
  readonly #view: Pick<HoldingsView, 'holdings'>;
  #isLooking = false;
  #latest: Sample = {};
  #earlier: { readonly atMs: number; readonly sample: Sample }[] = [];

  constructor(view: Pick<HoldingsView, 'holdings'>) {
    this.#view = view;
  }

  /** Returns the last sample. */
  get latest(): Sample {
    return this.#latest;
  }

  /**
   * Returns how long balance or stock will last at the rate of the last seconds, the shorter of the two; in seconds.
   */
  get lastsSeconds(): number | undefined {
    const first = this.#earlier[0];
    const last = this.#earlier.at(-1);
    if (!first || !last || first === last) return undefined;
    const seconds = (last.atMs - first.atMs) / 1000;
    const { balance, stock } = lasting(first.sample, last.sample, seconds);
    return earliest([balance, stock]);
  }

  /** Looks again, unless the look before has not yet been answered. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { balanceLowest, balanceTotal, stockLowest, stockTotal } = await this.#view.holdings();
      this.#latest = {
        ...(balanceLowest !== null && { balanceLowest }),
        ...(balanceTotal !== null && { balanceTotal }),
        ...(stockLowest !== null && { stockLowest }),
        ...(stockTotal !== null && { stockTotal }),
      };
      this.#earlier = [...this.#earlier, { atMs: performance.now(), sample: this.#latest }].slice(-samplesToProject);
    } catch {
      // What cannot be seen is a gap in the chart, no reason to end the run.
      this.#latest = {};
    } finally {
      this.#isLooking = false;
    }
  }
}
