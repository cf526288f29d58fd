import type { Exchange } from '../../api/answers/exchange.ts';
import { isUnsettled } from '../../api/resend-until-settled.ts';
import type { Killed } from '../../settings/load/forced-failures.ts';

/** A failure that was forced, and what came of it; times in ms on the process's own clock (`performance.now()`). */
export interface Outage {
  readonly to: Killed;
  /** When the kill was begun. */
  readonly killedMs: number;
  /** When the start was given. */
  startedMs?: number;
  /** When the first request was answered with success that was sent after the start. */
  recoveredMs?: number;
  /** Requests without an outcome: all, and those that were under way at the kill. */
  failed: number;
  underWay: number;
}

/** For so long after the first success, connections and pools may still be found broken. */
export const graceMs = 3000;
/** For so long after its start a target is waited for. */
export const maxRecoveryMs = 60_000;

const isLost = (exchange: Exchange): boolean =>
  isUnsettled(exchange) || exchange.outcome === 'unknown' || exchange.refusal?.reason === 'server-error';

/**
 * The failures that a load run forces, and what requests tell of them: which have failed for nothing else, and when the
 * target was back.
 */
export class Outages {
  readonly all: Outage[] = [];
  readonly #keyTakeoverMs: number;
  readonly #now: () => number;
  readonly #interrupted = new Set<string>();
  #isGivenUp = false;

  /** @param keyTakeoverMs for how long a key may stay in progress whose request was interrupted. */
  constructor(keyTakeoverMs = 0, now: () => number = () => performance.now()) {
    this.#keyTakeoverMs = keyTakeoverMs;
    this.#now = now;
  }

  /** Notes that something is being killed. */
  kill(to: Killed): void {
    this.all.push({ to, killedMs: this.#now(), failed: 0, underWay: 0 });
  }

  /** Notes that it is being started again. */
  start(to: Killed): void {
    const outage = this.all.findLast((one) => one.to === to);
    if (outage) outage.startedMs ??= this.#now();
  }

  /** Leaves open from now on what is open: nobody can start the target again. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  /** Returns whether the target is down, or not known to be back. */
  get isOpen(): boolean {
    return this.all.some(({ recoveredMs }) => recoveredMs === undefined);
  }

  /** Returns what has been started for longer than a target is waited for, and has not answered since. */
  get lost(): Outage | undefined {
    const isOver = this.#backMs() + maxRecoveryMs < this.#now();
    return isOver ? this.all.find(({ recoveredMs }) => recoveredMs === undefined) : undefined;
  }

  /** Returns whether a request was under way while the target was down, or shortly afterwards. */
  touches(exchange: Exchange): boolean {
    return this.#outageOf(exchange, graceMs) !== undefined;
  }

  /** Returns whether a request has failed for nothing but a failure that was forced. */
  explains(exchange: Exchange): boolean {
    return isLost(exchange) && this.touches(exchange);
  }

  /**
   * Notes how a request ended.
   *
   * @param subjects what it was about, such as `user 12` and `order 7`.
   */
  note(exchange: Exchange, subjects: readonly string[]): void {
    const outage = this.#outageOf(exchange, graceMs);
    if (!outage) return;
    if (exchange.outcome === 'ok') {
      this.#succeeded(exchange);
    } else if (isLost(exchange)) {
      outage.failed += 1;
      if (exchange.sentAtMs > outage.killedMs) return;
      outage.underWay += 1;
      for (const subject of subjects) this.#interrupted.add(subject);
    }
  }

  /** Returns whether a request about it was under way when something was killed. */
  interrupted(subject: string): boolean {
    return this.#interrupted.has(subject);
  }

  /** Returns whether something was killed after one request was sent, and before another one was answered. */
  isBetween(one: Pick<Exchange, 'sentAtMs'>, other: Exchange): boolean {
    const answeredMs = other.sentAtMs + other.durationMs;
    return this.all.some(({ killedMs }) => one.sentAtMs < killedMs && killedMs < answeredMs);
  }

  /**
   * Returns whether a request is to be sent again with the same key, since a forced failure has kept its outcome open.
   */
  leavesOpen(exchange: Exchange): boolean {
    if (!isLost(exchange) || this.lost || this.#isGivenUp) return false;
    const isInProgress = exchange.outcome === 'refused' && isUnsettled(exchange);
    return this.#outageOf(exchange, graceMs + (isInProgress ? this.#keyTakeoverMs : 0)) !== undefined;
  }

  /** Returns since when all that was killed has been started again; Infinity while something is down. */
  #backMs(): number {
    return Math.max(
      ...this.all.filter(({ recoveredMs }) => recoveredMs === undefined).map(({ startedMs = Infinity }) => startedMs),
    );
  }

  #succeeded({ sentAtMs, durationMs }: Exchange): void {
    if (sentAtMs < this.#backMs()) return;
    for (const outage of this.all) outage.recoveredMs ??= sentAtMs + durationMs;
  }

  #outageOf({ sentAtMs, durationMs }: Exchange, afterwardsMs: number): Outage | undefined {
    return this.all.findLast(
      ({ killedMs, recoveredMs = Infinity }) =>
        killedMs <= sentAtMs + durationMs && sentAtMs <= recoveredMs + afterwardsMs,
    );
  }
}
