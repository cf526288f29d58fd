const quietMs = 5000;

/** Says how far a run is whenever nothing else has been said for a while. */
export class ScenarioProgress {
  readonly #timer: NodeJS.Timeout;
  #expected = 0;
  #ended = 0;
  #isQuiet = true;

  constructor() {
    this.#timer = setInterval(() => {
      if (this.#isQuiet) console.log(`… ${this.#ended} of ${this.#expected} scenarios`);
      this.#isQuiet = true;
    }, quietMs);
  }

  /** Notes that so many more are to come. */
  expect(scenarios: number): void {
    this.#expected += scenarios;
  }

  /** Notes that one has ended. */
  add(): void {
    this.#ended += 1;
  }

  /** Notes that something else was said. */
  rest(): void {
    this.#isQuiet = false;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
