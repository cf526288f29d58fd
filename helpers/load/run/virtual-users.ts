import type { Pause } from './iteration.ts';
import type { IterationOutcome } from './iteration-parts.ts';
import type { Pace } from '../plan/pace.ts';
import { totalDurationMs, vusAt } from '../../settings/load/stages.ts';

/** Options of virtual users. */
export interface VirtualUsersOptions {
  /** This part's share of the run's pace. */
  readonly pace: Pace;
  /** Pause after an iteration, in milliseconds. */
  readonly pauseMs: number;
  readonly iterate: (pause: Pause) => Promise<IterationOutcome>;
  /** Receives the outcome of every iteration. */
  readonly onIteration: (outcome: IterationOutcome) => void;
  /**
   * Receives the number of arrivals that found all virtual users at work, or of iterations left when the time was over.
   */
  readonly onDropped: (count: number) => void;
}

interface Sleeper {
  timer: NodeJS.Timeout | undefined;
  wake: (() => void) | undefined;
  /** Pauses after an iteration, and not within one. */
  isIdle: boolean;
}

const stepMs = 50;

/**
 * Virtual users that come and go as the pace has it, each of them doing one iteration after the other. An iteration
 * that has begun is always brought to its end.
 */
export class VirtualUsers {
  readonly #options: VirtualUsersOptions;
  readonly #sleepers = new Set<Sleeper>();
  #wanted = 0;
  #started = 0;
  #stopping = false;
  #failure: { readonly error: unknown } | undefined;
  #begun = 0;
  #due = 0;
  #maxActive = 0;
  readonly #working = new Set<number>();

  constructor(options: VirtualUsersOptions) {
    this.#options = options;
  }

  /** Returns the number of virtual users that are at work now. */
  get active(): number {
    return this.#working.size;
  }

  /** Returns the maximum of virtual users that were at work at once. */
  get maxActive(): number {
    return this.#maxActive;
  }

  /**
   * Runs until the pace is done, or `stop` is called, and the last iteration has ended.
   *
   * @throws whatever an iteration has thrown: that ends the run.
   */
  run(): Promise<void> {
    this.#started = performance.now();
    return new Promise((resolve, reject) => {
      const timer = setInterval(() => {
        this.#adjust();
        if (this.#isOver() && this.active === 0) {
          clearInterval(timer);
          this.#dropRest();
          const failure = this.#failure;
          if (failure) reject(failure.error instanceof Error ? failure.error : new Error(String(failure.error)));
          else resolve();
        }
      }, stepMs);
      this.#adjust();
    });
  }

  /** Starts no further iteration and cuts all pauses short. */
  stop(): void {
    this.#stopping = true;
    for (const sleeper of this.#sleepers) wake(sleeper);
  }

  get #elapsedMs(): number {
    return performance.now() - this.#started;
  }

  #isOver(): boolean {
    const { pace } = this.#options;
    if (this.#stopping) return true;
    switch (pace.by) {
      case 'stages':
        return this.#elapsedMs >= totalDurationMs(pace.stages);
      case 'iterations':
        return this.#begun >= pace.iterations || this.#elapsedMs >= (pace.maxDurationMs ?? Infinity);
      case 'rate':
        return this.#elapsedMs >= pace.durationMs;
    }
  }

  #dropRest(): void {
    const { pace, onDropped } = this.#options;
    if (pace.by === 'iterations' && !this.#stopping && this.#begun < pace.iterations) {
      onDropped(pace.iterations - this.#begun);
    }
  }

  #adjust(): void {
    const { pace } = this.#options;
    if (pace.by === 'rate' && !this.#stopping) {
      // The last arrivals come due between two looks at the clock.
      this.#start((Math.min(this.#elapsedMs, pace.durationMs) * pace.perSecond) / 1000, pace.vus);
    }
    if (this.#isOver()) {
      // Whoever pauses after the last iteration has nothing more to do; pauses within an iteration are part of it.
      for (const sleeper of this.#sleepers) if (sleeper.isIdle) wake(sleeper);
      return;
    }
    if (pace.by === 'rate') return;
    this.#wanted = pace.by === 'stages' ? vusAt(pace.stages, this.#elapsedMs) : pace.vus;
    for (let vu = 0; vu < this.#wanted; vu += 1) if (!this.#working.has(vu)) this.#work(vu);
  }

  /** Starts what has come due since the last time, whether earlier iterations are done or not. @param due since the start. */
  #start(due: number, maxVus: number): void {
    // A crumb is lost where the parts of a run share a rate.
    for (; this.#due < Math.floor(due + 1e-6); this.#due += 1) {
      if (this.active >= maxVus) {
        this.#options.onDropped(1);
      } else {
        const arrival = this.#due;
        this.#enter(arrival);
        void this.#once()
          .catch(this.#fail)
          .finally(() => this.#working.delete(arrival));
      }
    }
  }

  #enter(vu: number): void {
    this.#working.add(vu);
    this.#maxActive = Math.max(this.#maxActive, this.active);
  }

  #work(vu: number): void {
    this.#enter(vu);
    const sleeper: Sleeper = { timer: undefined, wake: undefined, isIdle: false };
    this.#sleepers.add(sleeper);
    void this.#iterations(vu, sleeper)
      .catch(this.#fail)
      .finally(() => {
        this.#sleepers.delete(sleeper);
        this.#working.delete(vu);
      });
  }

  readonly #fail = (error: unknown): void => {
    this.#failure ??= { error };
    this.stop();
  };

  async #iterations(vu: number, sleeper: Sleeper): Promise<void> {
    const { pauseMs, iterate, onIteration } = this.#options;
    const pause: Pause = (milliseconds) => this.#sleep(sleeper, milliseconds);
    while (vu < this.#wanted && !this.#isOver()) {
      this.#begun += 1;
      onIteration(await iterate(pause));
      if (pauseMs > 0 && !this.#isOver()) {
        sleeper.isIdle = true;
        await pause(pauseMs);
        sleeper.isIdle = false;
      }
    }
  }

  async #once(): Promise<void> {
    const { iterate, onIteration } = this.#options;
    const sleeper: Sleeper = { timer: undefined, wake: undefined, isIdle: false };
    this.#sleepers.add(sleeper);
    try {
      onIteration(await iterate((milliseconds) => this.#sleep(sleeper, milliseconds)));
    } finally {
      this.#sleepers.delete(sleeper);
    }
  }

  #sleep(sleeper: Sleeper, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopping) {
        resolve();
        return;
      }
      sleeper.wake = resolve;
      sleeper.timer = setTimeout(resolve, milliseconds);
    });
  }
}

const wake = (sleeper: Sleeper): void => {
  clearTimeout(sleeper.timer);
  sleeper.wake?.();
};
