import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Id } from '../../profile/ids.ts';
import type { ProcessLock } from '../../database/locks/process-lock.ts';

export type RowKind = 'user' | 'product';

/** Ids that may be leased, by kind; a kind that is left out is not leased. */
export type LeasableIds = Readonly<Partial<Record<RowKind, readonly Id[]>>>;

/** Numbers of rows, by kind. */
export type Counts = Readonly<Record<RowKind, number>>;

const pollMs = 50;
const kinds = ['user', 'product'] as const;

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);

/**
 * Leases users and products from a range, each by a lock on the target's database server that no other worker, shard or
 * run can hold at the same time.
 */
export class Leaseholder {
  readonly #processLock: ProcessLock;
  readonly #database: string;
  readonly #ids: LeasableIds;
  readonly #held: Readonly<Record<RowKind, Map<string, Id>>> = { user: new Map(), product: new Map() };

  /** @param database name of the database, since locks are known to the whole server. */
  constructor(processLock: ProcessLock, database: string, ids: LeasableIds) {
    this.#processLock = processLock;
    this.#database = database;
    // Holders that start at different places compete less often.
    const start = Math.random();
    const turned = (list: readonly Id[]): Id[] => {
      const at = Math.floor(start * list.length);
      return [...list.slice(at), ...list.slice(0, at)];
    };
    this.#ids = { ...(ids.user && { user: turned(ids.user) }), ...(ids.product && { product: turned(ids.product) }) };
  }

  /**
   * Takes more rows, all of them or none.
   *
   * Only one holder of all runs takes rows at a time, until it has all of them: so no two holders wait for each other,
   * and one that needs many rows does not starve.
   *
   * @param maxWaitMs maximum wait for others to release theirs.
   * @returns the ids that were taken; undefined when too few were released in that time.
   */
  async take(wanted: Counts, maxWaitMs: number): Promise<Readonly<Record<RowKind, Id[]>> | undefined> {
    const end = performance.now() + maxWaitMs;
    const turn = `order-pay:turn:${hashOf(this.#database)}`;
    if (!(await this.#processLock.lock(turn, Math.ceil(maxWaitMs / 1000)))) return undefined;
    const taken: Record<RowKind, Id[]> = { user: [], product: [] };
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

  /** Returns how many ids of a kind the range has. */
  sizeOf(kind: RowKind): number {
    return this.#ids[kind]?.length ?? Infinity;
  }

  /** Counts the ids of a kind that others hold at this moment. */
  async heldByOthers(kind: RowKind): Promise<number> {
    let held = 0;
    for (const id of this.#ids[kind] ?? []) {
      if (this.#held[kind].has(String(id))) continue;
      const name = this.#nameOf(kind, id);
      if (await this.#processLock.lock(name)) await this.#processLock.unlock([name]);
      else held += 1;
    }
    return held;
  }

  async release(kind: RowKind, ids: readonly Id[]): Promise<void> {
    for (const id of ids) {
      if (this.#held[kind].delete(String(id))) await this.#processLock.unlock([this.#nameOf(kind, id)]);
    }
  }

  /** Returns whether all locks are still held: a server that cuts the connection frees all of them. */
  async holdsAll(): Promise<boolean> {
    const names = kinds.flatMap((kind) => [...this.#held[kind].values()].map((id) => this.#nameOf(kind, id)));
    return (await this.#processLock.lostOf(names)).length === 0;
  }

  async #takeFree(kind: RowKind, count: number): Promise<Id[]> {
    const taken: Id[] = [];
    for (const id of this.#ids[kind] ?? []) {
      if (taken.length >= count) break;
      // A connection can take the same lock twice.
      if (this.#held[kind].has(String(id)) || !(await this.#processLock.lock(this.#nameOf(kind, id)))) continue;
      this.#held[kind].set(String(id), id);
      taken.push(id);
    }
    return taken;
  }

  #nameOf(kind: RowKind, id: Id): string {
    return `order-pay:${kind}:${hashOf(this.#database, String(id))}`;
  }
}
