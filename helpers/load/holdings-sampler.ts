import type { HoldingsView } from './holdings-view.ts';
import type { Sample } from './measurements.ts';

const samplesToProject = 15;

/** How long an amount lasts that went down from one to another within some seconds. */
export function lasts(before: number | undefined, after: number | undefined, seconds: number): number | undefined {
  if (before === undefined || after === undefined || before <= after || seconds <= 0) return undefined;
  return (after * seconds) / (before - after);
}

const shortest = (durations: readonly (number | undefined)[]): number | undefined => {
  const known = durations.filter((duration) => duration !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/** Looks at balances and stock time and again while a run is under way, never twice at once. */
export class HoldingsSampler {
  readonly #view: Pick<HoldingsView, 'holdings'>;
  #isLooking = false;
  #latest: Sample = {};
  #earlier: { readonly atMs: number; readonly sample: Sample }[] = [];

  constructor(view: Pick<HoldingsView, 'holdings'>) {
    this.#view = view;
  }

  /** What was seen last. */
  get latest(): Sample {
    return this.#latest;
  }

  /** How long balance or stock will last at the rate of the last seconds, whichever is shorter; in seconds. */
  get lastsSeconds(): number | undefined {
    const first = this.#earlier[0];
    const last = this.#earlier.at(-1);
    if (!first || !last || first === last) return undefined;
    const seconds = (last.atMs - first.atMs) / 1000;
    return shortest(
      (['balanceTotal', 'stockTotal'] as const).map((name) => lasts(first.sample[name], last.sample[name], seconds)),
    );
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
