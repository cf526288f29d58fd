import { setTimeout as delay } from 'node:timers/promises';
import { faultsNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import type { ShopParts } from '../../../fixtures/shops/reference/shop-parts.ts';
import { startShop, type RunningShop } from '../../../fixtures/shops/reference/start-shop.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import type { HostedDatabase, HostedDatabases } from './hosted-databases.ts';
import type { Trial } from '../matrix-plan.ts';
import type { HostedShop } from './shop-host-client.ts';

interface Started {
  /** Two of one shop on one database; one where it is correct only so. */
  readonly instances: readonly [RunningShop, ...RunningShop[]];
  readonly database: HostedDatabase;
}

/** What is known of the shop of a trial. */
interface Hosted {
  readonly trial: Trial;
  started: Promise<Started> | undefined;
  visitors: number;
  failures: number;
}

const maxCloseMs = 2000;

const partsOf = ({ shop: { kind, name } }: Trial): ShopParts => {
  if (kind === 'correct') return correctParts;
  if (kind === 'fault') return faultsNamed(name)(correctParts);
  // Whichever profile each of them needs: the trial says which one declares them all.
  return name.split('+').reduce((parts, one) => variantNamed(one).apply(parts), correctParts);
};

const isSingleInstance = ({ shop: { kind, name } }: Trial): boolean =>
  kind === 'variant' && name.split('+').some((one) => variantNamed(one).isSingleInstance);

/** The shops of one process, each started when it is first entered. */
export class HostedShops {
  readonly #databases: HostedDatabases;
  readonly #hosted = new Map<string, Hosted>();
  readonly #closing = new Set<Promise<void>>();

  constructor(databases: HostedDatabases) {
    this.#databases = databases;
  }

  /**
   * Enters the shop of a trial.
   *
   * @returns undefined when enough scenarios have failed there.
   */
  async enter(trial: Trial): Promise<HostedShop | undefined> {
    const hosted = this.#hosted.get(trial.name) ?? { trial, started: undefined, visitors: 0, failures: 0 };
    this.#hosted.set(trial.name, hosted);
    if (hosted.failures >= (trial.enough ?? Infinity)) return undefined;
    hosted.visitors += 1;
    try {
      hosted.started ??= this.#start(trial);
      const { instances, database } = await hosted.started;
      const [shop, ...others] = instances;
      return { url: shop.url, otherInstances: others.map(({ url }) => url), database: database.settings };
    } catch (error) {
      hosted.visitors -= 1;
      hosted.started = undefined;
      throw error;
    }
  }

  /** Leaves the shop of a trial. Nobody has to wait until it is closed. */
  leave(name: string, hasFailed: boolean): void {
    const hosted = this.#hosted.get(name);
    if (!hosted) return;
    hosted.visitors -= 1;
    if (hasFailed) hosted.failures += 1;
    const isOver = hosted.failures >= (hosted.trial.enough ?? Infinity);
    if (hosted.visitors === 0 && (hosted.trial.isBrief || isOver)) this.#close(hosted);
  }

  /** Closes all of them, and forgets what became of them. */
  async clear(): Promise<void> {
    for (const hosted of this.#hosted.values()) this.#close(hosted);
    this.#hosted.clear();
    await Promise.all(this.#closing);
  }

  async #start(trial: Trial): Promise<Started> {
    const parts = partsOf(trial);
    const database = await this.#databases.take(parts);
    // Few connections stay while nobody asks for anything: a server has not many, and shops there are many.
    const options = { database: database.settings, idleConnections: 2 };
    const shop = await startShop({ ...options, parts });
    if (isSingleInstance(trial)) return { instances: [shop], database };
    try {
      // With parts of its own: what a fault keeps in memory is kept by one instance.
      const other = await startShop({ ...options, parts: partsOf(trial), isPrepared: true });
      return { instances: [shop, other], database };
    } catch (error) {
      await shop.close();
      throw error;
    }
  }

  #close(hosted: Hosted): void {
    const { started } = hosted;
    hosted.started = undefined;
    if (!started) return;
    const closing = started
      .then(async ({ instances, database }) => {
        // What a faulty shop still has under way may wait for a lock; nobody waits for it.
        await Promise.race([Promise.all(instances.map((shop) => shop.close())), delay(maxCloseMs)]);
        const connections = instances.flatMap((shop) => shop.connections());
        await this.#databases.giveBack(database, connections);
      })
      .catch(() => undefined)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}
