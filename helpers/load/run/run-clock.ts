/** Start and end of one part of a run, and the processor time of this process between. */
export class RunClock {
  #startedMs = Date.now();
  #endedMs: number | undefined;
  #cpu = process.cpuUsage();
  #cpuSeconds = 0;

  begin(): void {
    this.#startedMs = Date.now();
    this.#cpu = process.cpuUsage();
  }

  end(): void {
    this.#endedMs = Date.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpuSeconds = (user + system) / 1_000_000;
  }

  /** Returns when the part began, in milliseconds since the epoch. */
  get startedMs(): number {
    return this.#startedMs;
  }

  /** Returns when the part ended, in milliseconds since the epoch; `undefined` until then. */
  get endedMs(): number | undefined {
    return this.#endedMs;
  }

  /** Returns the processor time between, in seconds; 0 until the end. */
  get cpuSeconds(): number {
    return this.#cpuSeconds;
  }
}
