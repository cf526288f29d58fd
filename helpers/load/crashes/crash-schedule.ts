import { setTimeout as delay } from 'node:timers/promises';
import type { ForcedFailure, Killed } from '../../settings/load/forced-failures.ts';
import type { RestartableTarget } from '../../target-process/restartable-target.ts';
import { UserError } from '../../text/user-error.ts';
import { maxRecoveryMs, type Outage, type Outages } from './outages.ts';

interface Scheduled {
  readonly failures: readonly ForcedFailure[];
  readonly target: RestartableTarget;
  readonly outages: Outages;
  /** Told once where something cannot be killed or started. */
  readonly onMistake: (message: string) => void;
  /** Told of every kill and start as it is done, and of every recovery. */
  readonly onProgress?: (line: string) => void;
  /** Called whenever the database has been given its start. */
  readonly onDatabaseStart?: () => void;
}

/** An API without its database may not come up. */
const startOrder: readonly Killed[] = ['database', 'api'];

/** Kills and starts the target of a load run at the moments that were asked for. */
export class CrashSchedule {
  readonly #options: Scheduled;
  readonly #down = new Set<Killed>();
  readonly #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #done = 0;
  #kills = 0;
  #beganMs = performance.now();
  readonly #told = new Set<Outage>();

  constructor(options: Scheduled) {
    this.#options = options;
  }

  /** Returns what was not done, since the run was over before. */
  get notReached(): readonly ForcedFailure[] {
    return this.#options.failures.slice(this.#done);
  }

  /** Begins to count the time. */
  begin(): void {
    this.#beganMs = performance.now();
    this.#running = this.#run(this.#beganMs);
  }

  /** Tells which outages are over, and where a start command has failed that was to end one. To be called now and then. */
  look(): void {
    const { target, outages } = this.#options;
    for (const outage of outages.all) {
      const { startedMs, recoveredMs } = outage;
      if (startedMs === undefined || recoveredMs === undefined || this.#told.has(outage)) continue;
      this.#told.add(outage);
      const seconds = ((recoveredMs - startedMs) / 1000).toFixed(1);
      this.#say(`first success, ${seconds} s after start ${outage.to}`, recoveredMs);
    }
    if (!outages.isOpen) return;
    try {
      target.assertStarted?.();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Does nothing more of what was planned, starts what is down, and waits until it is healthy. May be called again. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    const down = startOrder.filter((to) => this.#down.has(to));
    if (down.length === 0) return;
    try {
      for (const to of down) await this.#start(to);
      await this.#options.target.untilHealthy(maxRecoveryMs);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #run(beganMs: number): Promise<void> {
    const { failures } = this.#options;
    const { signal } = this.#ending;
    try {
      for (const { atMs, does, to } of failures) {
        await delay(Math.max(0, beganMs + atMs - performance.now()), undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        if (does === 'kill') await this.#kill(to);
        else await this.#start(to);
        this.#done += 1;
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #kill(to: Killed): Promise<void> {
    const { target, outages } = this.#options;
    this.#kills += 1;
    this.#down.add(to);
    outages.kill(to);
    this.#say(`kill ${to}`);
    await (to === 'api' ? target.killApi() : target.killDatabase?.());
  }

  async #start(to: Killed): Promise<void> {
    const { target, outages, onDatabaseStart } = this.#options;
    outages.start(to);
    this.#say(`start ${to}`);
    await (to === 'api' ? target.startApi() : target.startDatabase?.());
    this.#down.delete(to);
    if (to === 'database') onDatabaseStart?.();
    if (this.#down.size > 0) return;
    const kills = this.#kills;
    // A start command that fails is to be told at once, with what it printed; but not one that was killed meanwhile.
    void target.untilHealthy(maxRecoveryMs).catch((error: unknown) => {
      if (kills === this.#kills) this.#fail(error);
    });
  }

  #say(what: string, atMs = performance.now()): void {
    this.#options.onProgress?.(`  forced failure at ${((atMs - this.#beganMs) / 1000).toFixed(1)} s: ${what}`);
  }

  #fail(error: unknown): void {
    if (error instanceof UserError) this.#options.onMistake(error.message);
    else this.#options.onMistake(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
