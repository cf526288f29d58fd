/** When one part of a run began and ended, and the processor time of this process between. */
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

  /** In milliseconds since the epoch, as is the end. */
  get startedMs(): number {
    return this.#startedMs;
  }

  /** Undefined until the end. */
  get endedMs(): number | undefined {
    return this.#endedMs;
  }

  /** 0 until the end. */
  get cpuSeconds(): number {
    return this.#cpuSeconds;
  }
}
