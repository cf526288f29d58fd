import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

const maxMs = 600_000;

/** Durations as an HDR histogram: a size that does not grow with their number. Times in milliseconds. */
export class LatencyHistogram {
  readonly #histogram: Histogram;

  /** @param digits significant digits of a value that are kept; fewer take less memory. */
  constructor(digits: 2 | 3 = 3, histogram?: Histogram) {
    this.#histogram =
      histogram ??
      build({
        // Microseconds.
        lowestDiscernibleValue: 1,
        highestTrackableValue: maxMs * 1000,
        numberOfSignificantValueDigits: digits,
      });
  }

  /** Reads a histogram from the text that `encode` returns. */
  static decode(text: string): LatencyHistogram {
    return new LatencyHistogram(3, decodeFromCompressedBase64(text));
  }

  encode(): string {
    return encodeIntoCompressedBase64(this.#histogram);
  }

  record(milliseconds: number): void {
    this.#histogram.recordValue(Math.max(1, Math.min(maxMs, milliseconds) * 1000) | 0);
  }

  add(other: LatencyHistogram): void {
    this.#histogram.add(other.#histogram);
  }

  reset(): void {
    this.#histogram.reset();
  }

  get n(): number {
    return this.#histogram.totalCount;
  }

  /** Returns a percentile in milliseconds; `undefined` when nothing was recorded. */
  percentile(percentile: number): number | undefined {
    return this.n === 0 ? undefined : this.#histogram.getValueAtPercentile(percentile) / 1000;
  }

  /**
   * Returns a value by the name that thresholds give it.
   *
   * @param aggregation `avg`, `min`, `med`, `max` or a percentile such as `p(95)`.
   * @returns undefined when nothing was recorded, or there is no such value.
   */
  aggregated(aggregation: string): number | undefined {
    const percentile = /^p\((.+)\)$/.exec(aggregation)?.[1];
    if (percentile !== undefined) return this.percentile(Number(percentile));
    const values = { avg: this.mean, min: this.min, med: this.percentile(50), max: this.max };
    return Object.entries(values).find(([name]) => name === aggregation)?.[1];
  }

  get mean(): number | undefined {
    return this.n === 0 ? undefined : this.#histogram.mean / 1000;
  }

  get min(): number | undefined {
    return this.n === 0 ? undefined : this.#histogram.minNonZeroValue / 1000;
  }

  get max(): number | undefined {
    return this.n === 0 ? undefined : this.#histogram.maxValue / 1000;
  }
}
