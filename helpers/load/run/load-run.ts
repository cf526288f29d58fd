import { setTimeout as delay } from 'node:timers/promises';
import { authenticatedApi } from '../../api/login/authenticated-api.ts';
import { rateLimitOf } from '../../api/answers/rate-limit.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import type { ClosableTransport } from '../../api/transports/pool-transport.ts';
import type { RestartableTarget } from '../../target-process/restartable-target.ts';
import { Blocked } from '../../text/blocked.ts';
import { Acknowledged } from '../crashes/acknowledged.ts';
import { CrashSchedule } from '../crashes/crash-schedule.ts';
import { maxRecoveryMs, Outages } from '../crashes/outages.ts';
import { recordedCrashes } from '../crashes/recorded-crashes.ts';
import { CauseLookUps } from './cause-look-ups.ts';
import { HoldingsSampler } from './holdings-sampler.ts';
import { liveOf } from './live-of.ts';
import { giveBack, prepareLoad } from '../prepare/load-preparation.ts';
import type { PreparationOptions, Prepared } from '../prepare/preparation.ts';
import type { LoadBudget } from '../measure/load-summary.ts';
import { Measurements } from '../measure/measurements.ts';
import { openLoadTransport } from './open-load-transport.ts';
import { partResults } from './part-results.ts';
import type { ReportFolder } from '../report/page/report-folder.ts';
import { RunClock } from './run-clock.ts';
import { Shortfall } from '../prepare/shortfall.ts';
import { virtualUsersOf } from './virtual-users-of.ts';
import type { VirtualUsers } from './virtual-users.ts';

interface LoadRunOptions extends Omit<PreparationOptions, 'api'> {
  readonly folder: ReportFolder;
  /** Returns the target as one that can be killed; needed where the plan kills something. */
  readonly restartable?: (api: ShopApi) => RestartableTarget | undefined;
}

const tickMs = 1000;
const maxDrainMs = 30_000;
const manyIterations = 5000;

const notBack = (what: string): string =>
  `no request succeeded within ${maxRecoveryMs / 1000} s after the ${what} was killed and started again`;

/** One part of a load run, from its seeding to what it leaves for the summary. */
export class LoadRun {
  readonly #options: LoadRunOptions;
  readonly #measurements: Measurements;
  readonly #clock = new RunClock();
  readonly #crashes: { readonly outages: Outages; readonly acknowledged: Acknowledged } | undefined;
  #schedule: CrashSchedule | undefined;
  #reconnecting: Promise<void> | undefined;
  #lookUps: CauseLookUps | undefined;
  #transport: ClosableTransport | undefined;
  #api: ShopApi | undefined;
  #preparing: Promise<Prepared> | undefined;
  #prepared: Prepared | undefined;
  #budget: LoadBudget | undefined;
  #sampler: HoldingsSampler | undefined;
  #virtualUsers: VirtualUsers | undefined;
  #ticks: NodeJS.Timeout | undefined;
  #stoppedEarly: string | undefined;
  #blocked: string | undefined;

  constructor(options: LoadRunOptions) {
    this.#options = options;
    const { plan, profile } = options;
    if (plan.crashes.length > 0) {
      this.#crashes = { outages: new Outages(profile.policies.keyTakeoverMs), acknowledged: new Acknowledged() };
    }
    this.#measurements = new Measurements((cause) => {
      this.#lookUps?.begin(cause);
    }, this.#crashes?.outages);
  }

  /**
   * Seeds accounts and products, or looks at those that are there.
   *
   * @returns the arithmetic of what is needed.
   * @throws Blocked when what is there cannot suffice, with the numbers and what cures it.
   */
  async prepare(): Promise<LoadBudget> {
    const { plan, part, profile, settings } = this.#options;
    this.#transport = await openLoadTransport(plan, part, settings);
    let seeding: ShopDatabase | undefined;
    const seeder = async (): Promise<ShopDatabase> => (seeding = await this.#options.seeder());
    const api = authenticatedApi({
      ...{ settings, profile, transport: this.#transport },
      rateLimit: rateLimitOf(settings, profile, (ms) => {
        this.#measurements.waited(ms);
      }),
      database: () => seeding,
    });
    this.#api = api;
    this.#preparing = prepareLoad({ ...this.#options, seeder, api });
    try {
      this.#prepared = await this.#preparing;
    } catch (error) {
      if (error instanceof Shortfall) this.#budget = error.budget;
      throw error;
    }
    const { view, opening, budget } = this.#prepared;
    this.#budget = budget;
    this.#sampler = new HoldingsSampler(view);
    this.#lookUps = new CauseLookUps(view, opening);
    return budget;
  }

  /** Runs all virtual users until the plan is done, the run is told to stop, or nothing is to be gained any more. */
  async run(): Promise<void> {
    const { plan, part, profile } = this.#options;
    const [api, prepared] = [this.#api, this.#prepared];
    if (!api || !prepared) throw new Error('A load run must be prepared first');
    const virtualUsers = virtualUsersOf({
      plan,
      part,
      profile,
      api,
      stock: prepared.stock,
      measurements: this.#measurements,
      crashes: this.#crashes,
      stopAll: this.#stopAll.bind(this),
    });
    this.#virtualUsers = virtualUsers;
    this.#schedule = this.#scheduled(api);
    this.#clock.begin();
    this.#measurements.begin();
    this.#schedule?.begin();
    this.#ticks = setInterval(() => {
      this.#tick();
    }, tickMs);
    try {
      await virtualUsers.run();
    } catch (error) {
      if (error instanceof Blocked) this.#blocked = error.message;
      throw error;
    } finally {
      this.#stopClock();
      await this.#schedule?.end();
    }
  }

  /**
   * Ends the run wherever it stands, audits the ledger, leaves the part's results and removes what was seeded.
   *
   * @param blocked why nothing was run.
   * @throws UserError when what was seeded cannot be removed.
   */
  async finish(blocked?: string): Promise<void> {
    // A run that is interrupted while it seeds removes what it has seeded, too.
    this.#prepared ??= await this.#preparing?.catch(() => undefined);
    const interrupted = this.#virtualUsers !== undefined && this.#clock.endedMs === undefined;
    this.#virtualUsers?.stop();
    // Whoever waits for a target that is down is answered once it is back.
    await this.#schedule?.end();
    const latest = performance.now() + maxDrainMs;
    while ((this.#virtualUsers?.active ?? 0) > 0 && performance.now() < latest) await delay(20);
    this.#stopClock();
    await this.#reconnecting;
    await this.#transport?.close();
    await this.#lookUps?.end();
    const { plan, part, profile, folder } = this.#options;
    const { iterations } = this.#measurements.counters;
    if (iterations > manyIterations) {
      console.log(`auditing ${iterations} iterations${plan.seed ? ', and removing what was seeded' : ''} …`);
    }
    const results = await partResults(this.#measurements, {
      plan,
      part,
      profile,
      startedMs: this.#clock.startedMs,
      endedMs: this.#clock.endedMs ?? Date.now(),
      vusMax: this.#virtualUsers?.maxActive ?? 0,
      stoppedEarly: this.#stoppedEarly ?? folder.stopReason(),
      interrupted,
      blocked: blocked ?? this.#blocked,
      budget: this.#budget,
      prepared: this.#prepared,
      hasRun: this.#virtualUsers !== undefined,
      crashes: this.#crashes,
      ...(this.#crashes && this.#schedule && { recorded: recordedCrashes(this.#crashes.outages, this.#schedule) }),
      driver: { cpuSeconds: this.#clock.cpuSeconds, maxRssMb: process.resourceUsage().maxRSS / 1024 },
    });
    folder.writePart(results);
    if (this.#prepared) await giveBack(this.#prepared);
  }

  /** Ends this part, and all others. */
  #stopAll(reason: string): void {
    this.#options.folder.requestStop(reason);
    this.#stopFor(reason);
  }

  #stopFor(reason: string): void {
    this.#stoppedEarly ??= reason;
    this.#virtualUsers?.stop();
    void this.#schedule?.end();
  }

  #scheduled(api: ShopApi): CrashSchedule | undefined {
    const { plan, restartable } = this.#options;
    if (!this.#crashes) return undefined;
    const target = restartable?.(api);
    if (!target) throw new Error('A run that kills its target needs one that can be killed');
    return new CrashSchedule({
      ...{ failures: plan.crashes, target, outages: this.#crashes.outages },
      onProgress: (line) => {
        console.log(line);
      },
      onMistake: (message) => {
        this.#blocked ??= message;
        this.#crashes?.outages.giveUp();
        this.#stopAll(message);
      },
      // The process lock is gone with its connection: without it, others would take the rows for abandoned.
      onDatabaseStart: () => {
        this.#reconnecting = this.#prepared?.seeder?.reconnect(maxRecoveryMs).catch(() => undefined);
      },
    });
  }

  #stopClock(): void {
    if (this.#clock.endedMs !== undefined || !this.#virtualUsers) return;
    this.#clock.end();
    clearInterval(this.#ticks);
    this.#options.folder.endLive(this.#options.part);
    this.#measurements.endMoment(this.#virtualUsers.active, this.#sampler?.latest ?? {});
  }

  #tick(): void {
    const { part, folder, profile } = this.#options;
    const moment = this.#measurements.endMoment(this.#virtualUsers?.active ?? 0, this.#sampler?.latest ?? {});
    void this.#sampler?.look();
    const elapsedMs = Date.now() - this.#clock.startedMs;
    folder.writeLive(liveOf(part, elapsedMs, moment, this.#measurements, this.#sampler, profile));
    this.#schedule?.look();
    const lost = this.#crashes?.outages.lost;
    if (lost) this.#stopAll(notBack(lost.to));
    const reason = folder.stopReason();
    if (reason !== undefined) this.#stopFor(reason);
  }
}
