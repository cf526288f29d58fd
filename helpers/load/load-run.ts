import { setTimeout as delay } from 'node:timers/promises';
import { ShopApi } from '../shop-api.ts';
import { UserError } from '../user-error.ts';
import { barePlaywrightTransport } from '../transports/bare-playwright-transport.ts';
import { poolTransport, type ClosableTransport } from '../transports/pool-transport.ts';
import { auditRun } from './audit-run.ts';
import { curingSql } from './capacity.ts';
import { CauseLookUps } from './cause-look-ups.ts';
import { EarlyStop } from './early-stop.ts';
import { Goods } from './goods.ts';
import { HoldingsSampler } from './holdings-sampler.ts';
import { runIteration } from './iteration.ts';
import { liveOf } from './live-of.ts';
import { noLedger } from './load-ledger.ts';
import type { LoadPart } from './load-part.ts';
import { mostVusOf, paceOfPart, shareOf } from './pace.ts';
import { giveBack, prepareLoad, type PreparationOptions, type Prepared } from './load-preparation.ts';
import type { LoadBudget } from './load-summary.ts';
import { Measurements } from './measurements.ts';
import type { ReportFolder } from './report-folder.ts';
import { VirtualUsers } from './virtual-users.ts';

export interface LoadRunOptions extends Omit<PreparationOptions, 'api'> {
  readonly folder: ReportFolder;
}

const tickMs = 1000;
const longestDrainMs = 30_000;
const manyIterations = 5000;

/** One part of a load run, from its seeding to what it leaves for the summary. */
export class LoadRun {
  readonly #options: LoadRunOptions;
  readonly #measurements: Measurements;
  #lookUps: CauseLookUps | undefined;
  #transport: ClosableTransport | undefined;
  #preparing: Promise<Prepared> | undefined;
  #prepared: Prepared | undefined;
  #sampler: HoldingsSampler | undefined;
  #virtualUsers: VirtualUsers | undefined;
  #startedMs = Date.now();
  #endedMs: number | undefined;
  #stoppedEarly: string | undefined;
  #cpu = process.cpuUsage();
  #cpuSeconds = 0;

  constructor(options: LoadRunOptions) {
    this.#options = options;
    this.#measurements = new Measurements((cause) => {
      this.#lookUps?.begin(cause);
    });
  }

  /**
   * Seeds accounts and products, or looks at those that are there.
   *
   * @returns the arithmetic of what is needed.
   * @throws Blocked when what is there cannot suffice, with the numbers and the SQL that cures it.
   */
  async prepare(): Promise<LoadBudget> {
    this.#transport = await this.#openTransport();
    const api = new ShopApi({ profile: this.#options.profile, transport: this.#transport });
    this.#preparing = prepareLoad({ ...this.#options, api });
    this.#prepared = await this.#preparing;
    const { database, books, budget } = this.#prepared;
    this.#sampler = new HoldingsSampler(database);
    this.#lookUps = new CauseLookUps(database, books);
    return budget;
  }

  /** Runs all virtual users until the plan is done, the run is told to stop, or nothing is to be gained any more. */
  async run(): Promise<void> {
    const { plan, part, profile } = this.#options;
    const [transport, prepared] = [this.#transport, this.#prepared];
    if (!transport || !prepared) throw new Error('A load run must be prepared first');
    const parts = {
      api: new ShopApi({ profile, transport }),
      profile,
      flow: plan.flow,
      gapMs: plan.gapMs,
      goods: new Goods(prepared.stock.userIds, prepared.stock.products),
      measurements: this.#measurements,
    };
    const earlyStop = new EarlyStop();
    const virtualUsers = new VirtualUsers({
      pace: paceOfPart(plan, part),
      pauseMs: plan.pauseMs,
      iterate: (pause) =>
        runIteration(parts, pause).catch((error: unknown) => {
          this.#measurements.threw(error);
          this.#stopAll(
            `an iteration ended with an exception: ${error instanceof Error ? error.message : String(error)}`,
          );
          throw error;
        }),
      onIteration: (outcome) => {
        const reason = earlyStop.note(outcome);
        if (reason !== undefined) this.#stopAll(reason);
      },
      onDropped: (count) => {
        this.#measurements.add('dropped_iterations', count);
      },
    });
    this.#virtualUsers = virtualUsers;
    this.#startedMs = Date.now();
    this.#measurements.begin();
    this.#cpu = process.cpuUsage();
    const ticks = setInterval(() => {
      this.#tick();
    }, tickMs);
    try {
      await virtualUsers.run();
    } finally {
      clearInterval(ticks);
      this.#stopClock();
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
    const interrupted = this.#virtualUsers !== undefined && this.#endedMs === undefined;
    this.#virtualUsers?.stop();
    const latest = performance.now() + longestDrainMs;
    while ((this.#virtualUsers?.active ?? 0) > 0 && performance.now() < latest) await delay(20);
    this.#stopClock();
    await this.#transport?.close();
    await this.#lookUps?.end();
    const { iterations } = this.#measurements.counters;
    if (iterations > manyIterations) console.log(`auditing ${iterations} iterations, and removing what was seeded …`);
    this.#options.folder.writePart(await this.#results(interrupted, blocked));
    await this.#cleanUp();
  }

  async #cleanUp(): Promise<void> {
    if (!this.#prepared) return;
    try {
      await giveBack(this.#prepared);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new UserError(
        `What the run seeded could not be removed (${why}). The preflight of the next run removes it as soon as the database is back.`,
      );
    }
  }

  async #results(interrupted: boolean, blocked: string | undefined): Promise<LoadPart> {
    const { plan, part, profile, folder } = this.#options;
    const { counters, durations, causes, broken, exceptions, moments, momentMs, lastAnsweredMs } = this.#measurements;
    const stoppedEarly = this.#stoppedEarly ?? folder.stopReason();
    const { budget, largestAmount = 0 } = this.#prepared ?? {};
    return {
      part,
      parts: plan.parts,
      profile: plan.profile,
      target: profile.name,
      transport: plan.transport,
      startedMs: this.#startedMs,
      endedMs: this.#endedMs ?? Date.now(),
      vusMax: this.#virtualUsers?.most ?? 0,
      thresholds: [...plan.thresholds],
      ...(stoppedEarly !== undefined && { stoppedEarly }),
      interrupted,
      ...(blocked !== undefined && { blocked }),
      counters,
      ...(lastAnsweredMs !== undefined && { lastAnsweredMs }),
      durations: durations.encode(),
      causes: [...causes.values()],
      broken,
      exceptions,
      momentMs,
      moments,
      ...(budget && { budget }),
      largestAmount,
      ...(this.#prepared && this.#virtualUsers
        ? await auditRun(this.#prepared, counters, profile)
        : { ledger: noLedger }),
      cure: {
        balance: budget ? curingSql(profile, plan, { balance: budget.neededPerAccount }) : '',
        stock: budget ? curingSql(profile, plan, { stock: budget.neededPerProduct }) : '',
      },
      driver: { cpuSeconds: this.#cpuSeconds, maxRssMb: process.resourceUsage().maxRSS / 1024 },
    };
  }

  async #openTransport(): Promise<ClosableTransport> {
    const { plan, part, settings } = this.#options;
    const { baseUrl = '', requestTimeoutMs } = settings;
    if (plan.transport === 'playwright') return barePlaywrightTransport(baseUrl, requestTimeoutMs);
    const requestsAtOnce = plan.flow === 'pay-at-once' ? 3 : 1;
    const vus = Math.max(1, shareOf(plan, part, mostVusOf(plan)));
    return poolTransport(baseUrl, requestTimeoutMs, vus * requestsAtOnce);
  }

  /** Ends this part, and all others. */
  #stopAll(reason: string): void {
    this.#options.folder.requestStop(reason);
    this.#stopFor(reason);
  }

  #stopFor(reason: string): void {
    this.#stoppedEarly ??= reason;
    this.#virtualUsers?.stop();
  }

  #stopClock(): void {
    if (this.#endedMs !== undefined || !this.#virtualUsers) return;
    this.#endedMs = Date.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#cpuSeconds = (user + system) / 1_000_000;
    this.#measurements.endMoment(this.#virtualUsers.active, this.#sampler?.latest ?? {});
  }

  #tick(): void {
    const { part, folder } = this.#options;
    const moment = this.#measurements.endMoment(this.#virtualUsers?.active ?? 0, this.#sampler?.latest ?? {});
    void this.#sampler?.look();
    folder.writeLive(liveOf(part, Date.now() - this.#startedMs, moment, this.#measurements, this.#sampler));
    const reason = folder.stopReason();
    if (reason !== undefined) this.#stopFor(reason);
  }
}
