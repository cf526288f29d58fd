const windowSize = 200;
const share = 0.95;

/** Causes that no further iteration will be rid of. */
const lastingCauses: Readonly<Record<string, string>> = {
  balance: 'were refused for balance',
  stock: 'were refused for stock',
  'no-answer': 'got no answer',
  'time-out': 'got no answer in time',
  'unknown-user': 'were refused because the API does not know the user',
  'unknown-product': 'were refused because the API does not know the product',
  unauthenticated: 'were refused for lack of authentication',
};

/** Watches the last 200 iterations for one cause that makes going on pointless. */
export class EarlyStop {
  readonly #window: (string | undefined)[] = [];
  readonly #counts = new Map<string, number>();
  #next = 0;

  /**
   * Notes the outcome of an iteration.
   *
   * @returns why to stop, as soon as over 95 % of the last 200 iterations failed for one lasting cause.
   */
  note(outcome: string | undefined): string | undefined {
    const leaving = this.#window.length < windowSize ? undefined : this.#window[this.#next];
    if (leaving !== undefined) this.#counts.set(leaving, (this.#counts.get(leaving) ?? 0) - 1);
    this.#window[this.#next] = outcome;
    this.#next = (this.#next + 1) % windowSize;
    if (outcome === undefined) return undefined;
    const count = (this.#counts.get(outcome) ?? 0) + 1;
    this.#counts.set(outcome, count);
    const said = lastingCauses[outcome];
    return said !== undefined && this.#window.length === windowSize && count > windowSize * share
      ? `${count} of the last ${windowSize} iterations ${said}`
      : undefined;
  }
}
