import { setTimeout as delay } from 'node:timers/promises';
import { ShopApi } from '../shop-api.ts';
import { UserError } from '../user-error.ts';
import { barePlaywrightTransport } from '../transports/bare-playwright-transport.ts';
import { poolTransport, type ClosableTransport } from '../transports/pool-transport.ts';
import { curingSql } from './capacity.ts';
import { EarlyStop } from './early-stop.ts';
import { Goods } from './goods.ts';
import { HoldingsSampler } from './holdings-sampler.ts';
import { runIteration } from './iteration.ts';
import { auditLoad, noLedger } from './load-ledger.ts';
import type { Cause, LoadPart } from './load-part.ts';
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
  readonly #lookUps = new Set<Promise<void>>();
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
      this.#lookUp(cause);
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
    this.#sampler = new HoldingsSampler(this.#prepared.database);
    return this.#prepared.budget;
  }

  /** Runs all virtual users until the plan is done, the run is told to stop, or nothing is to be gained any more. */
  async run(): Promise<void> {
    const { plan, part, profile, folder } = this.#options;
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
      iterate: (pause) => runIteration(parts, pause),
      onIteration: (outcome) => {
        const reason = earlyStop.note(outcome);
        if (reason === undefined) return;
        folder.requestStop(reason);
        this.#stopFor(reason);
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
    await Promise.all(this.#lookUps);
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
    const { counters, durations, causes, broken, moments, momentMs } = this.#measurements;
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
      durations: durations.encode(),
      causes: [...causes.values()],
      broken,
      momentMs,
      moments,
      ...(budget && { budget }),
      largestAmount,
      ...(await this.#audit()),
      cure: {
        balance: budget ? curingSql(profile, plan, { balance: budget.neededPerAccount }) : '',
        stock: budget ? curingSql(profile, plan, { stock: budget.neededPerProduct }) : '',
      },
      driver: { cpuSeconds: this.#cpuSeconds, maxRssMb: process.resourceUsage().maxRSS / 1024 },
    };
  }

  async #audit(): Promise<Pick<LoadPart, 'ledger' | 'depletion'>> {
    if (!this.#prepared || !this.#virtualUsers) return { ledger: noLedger };
    const { database, books, newestOrder, largestAmount, depletion: before } = this.#prepared;
    try {
      const oddOrders = await database.oddOrders(newestOrder);
      const ledger = auditLoad(books, await database.books(), this.#measurements.counters, oddOrders);
      return { ledger, depletion: { before, after: await database.depletion(largestAmount) } };
    } catch (error) {
      // The database may have gone with the API; what was measured is worth a report all the same.
      return { ledger: { ...noLedger, notAudited: error instanceof Error ? error.message : String(error) } };
    }
  }

  async #openTransport(): Promise<ClosableTransport> {
    const { plan, part, settings } = this.#options;
    const { baseUrl = '', requestTimeoutMs } = settings;
    if (plan.transport === 'playwright') return barePlaywrightTransport(baseUrl, requestTimeoutMs);
    const requestsAtOnce = plan.flow === 'pay-at-once' ? 3 : 1;
    const vus = Math.max(1, shareOf(plan, part, mostVusOf(plan)));
    return poolTransport(baseUrl, requestTimeoutMs, vus * requestsAtOnce);
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
    const { counters, causes } = this.#measurements;
    const vus = this.#virtualUsers?.active ?? 0;
    const sample = this.#sampler?.latest ?? {};
    const { iterations, p95 } = this.#measurements.endMoment(vus, sample);
    const lastsSeconds = this.#sampler?.lastsSeconds;
    void this.#sampler?.look();
    const refusals: Record<string, number> = {};
    for (const { stage, reason, count } of causes.values()) {
      const name = `${stage} ${reason}`;
      refusals[name] = (refusals[name] ?? 0) + count;
    }
    folder.writeLive({
      part,
      elapsedSeconds: (Date.now() - this.#startedMs) / 1000,
      vus,
      iterations: counters.iterations,
      iterationsPerSecond: iterations / (tickMs / 1000),
      ...(p95 !== undefined && { p95 }),
      refusals,
      ...(sample.balanceLowest !== undefined && { balanceLowest: sample.balanceLowest }),
      ...(lastsSeconds !== undefined && { lastsSeconds }),
    });
    const reason = folder.stopReason();
    if (reason !== undefined) this.#stopFor(reason);
  }

  /** What the tables say of the first request that was refused for a cause. */
  #lookUp(cause: Cause): void {
    if (!this.#prepared) return;
    const { books, database } = this.#prepared;
    const account = books.accounts.find(({ userId }) => userId === cause.userId);
    const product = books.products.find(({ productId }) => productId === cause.productId);
    cause.before = { ...(account && { balance: account.balance }), ...(product && { stock: product.stock }) };
    const looking = database
      .rowsOf(cause.userId, cause.productId)
      .then((rows) => {
        cause.then = rows;
      })
      .catch(() => undefined)
      .finally(() => this.#lookUps.delete(looking));
    this.#lookUps.add(looking);
  }
}
