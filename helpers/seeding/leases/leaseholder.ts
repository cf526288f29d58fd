import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Id } from '../../profile/ids.ts';
import type { ProcessLock } from '../../database/process-lock.ts';

export type Kind = 'user' | 'product';

/** Ids that may be leased, of either kind; a kind that is left out is not leased. */
export type LeasableIds = Readonly<Partial<Record<Kind, readonly Id[]>>>;

/** How many of each kind. */
export type Counts = Readonly<Record<Kind, number>>;

const pollMs = 50;
const kinds = ['user', 'product'] as const;

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);

/**
 * Takes users and products out of a range, each by a lock on the target's database server that nobody else can have at
 * the same time: no worker, shard or run.
 */
export class Leaseholder {
  readonly #processLock: ProcessLock;
  readonly #database: string;
  readonly #ids: LeasableIds;
  readonly #held: Readonly<Record<Kind, Map<string, Id>>> = { user: new Map(), product: new Map() };

  /** @param database name of the database, since locks are known to the whole server. */
  constructor(processLock: ProcessLock, database: string, ids: LeasableIds) {
    this.#processLock = processLock;
    this.#database = database;
    // Those who start at different places meet less often.
    const start = Math.random();
    const turned = (list: readonly Id[]): Id[] => {
      const at = Math.floor(start * list.length);
      return [...list.slice(at), ...list.slice(0, at)];
    };
    this.#ids = { ...(ids.user && { user: turned(ids.user) }), ...(ids.product && { product: turned(ids.product) }) };
  }

  /**
   * Takes so many more, all or none.
   *
   * Only one holder at a time gathers, in all runs, and whoever gathers is the next: so nobody waits for somebody who
   * waits for him, and who needs many is not overtaken for ever by those who need few.
   *
   * @param maxWaitMs how long to wait for others to release theirs.
   * @returns what was taken; undefined when too few came free in that time.
   */
  async take(wanted: Counts, maxWaitMs: number): Promise<Readonly<Record<Kind, Id[]>> | undefined> {
    const end = performance.now() + maxWaitMs;
    const turn = `order-pay:turn:${hashOf(this.#database)}`;
    if (!(await this.#processLock.lock(turn, Math.ceil(maxWaitMs / 1000)))) return undefined;
    const taken: Record<Kind, Id[]> = { user: [], product: [] };
    const isComplete = (): boolean => kinds.every((kind) => taken[kind].length >= wanted[kind]);
    try {
      for (;;) {
        for (const kind of kinds) {
          const missing = wanted[kind] - taken[kind].length;
          if (missing > 0) taken[kind].push(...(await this.#takeFree(kind, missing)));
        }
        if (isComplete()) return taken;
        if (performance.now() > end) break;
        await delay(pollMs);
      }
      for (const kind of kinds) await this.release(kind, taken[kind]);
      return undefined;
    } finally {
      await this.#processLock.unlock([turn]);
    }
  }

  /** How many of a kind there are to be leased, by anybody. */
  sizeOf(kind: Kind): number {
    return this.#ids[kind]?.length ?? Infinity;
  }

  /** How many of a kind others hold at this moment. */
  async heldByOthers(kind: Kind): Promise<number> {
    let held = 0;
    for (const id of this.#ids[kind] ?? []) {
      if (this.#held[kind].has(String(id))) continue;
      const name = this.#nameOf(kind, id);
      if (await this.#processLock.lock(name)) await this.#processLock.unlock([name]);
      else held += 1;
    }
    return held;
  }

  async release(kind: Kind, ids: readonly Id[]): Promise<void> {
    for (const id of ids) {
      if (this.#held[kind].delete(String(id))) await this.#processLock.unlock([this.#nameOf(kind, id)]);
    }
  }

  /** Whether what is held is held indeed: a server that cuts the connection frees all of it. */
  async holdsAll(): Promise<boolean> {
    const names = kinds.flatMap((kind) => [...this.#held[kind].values()].map((id) => this.#nameOf(kind, id)));
    return (await this.#processLock.lostOf(names)).length === 0;
  }

  async #takeFree(kind: Kind, count: number): Promise<Id[]> {
    const taken: Id[] = [];
    for (const id of this.#ids[kind] ?? []) {
      if (taken.length >= count) break;
      // A connection may take the same lock twice.
      if (this.#held[kind].has(String(id)) || !(await this.#processLock.lock(this.#nameOf(kind, id)))) continue;
      this.#held[kind].set(String(id), id);
      taken.push(id);
    }
    return taken;
  }

  #nameOf(kind: Kind, id: Id): string {
    return `order-pay:${kind}:${hashOf(this.#database, String(id))}`;
  }
}
