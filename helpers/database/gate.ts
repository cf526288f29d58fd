import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import type { Id } from '../profile/ids.ts';
import { lockWaitCounter, type CountWaiters } from './lock-waits.ts';

/** A row by its table, key column and key. */
export interface GatedRow {
  readonly table: string;
  readonly column: string;
  readonly id: Id;
  /** The row does not exist yet: the gap where it will be inserted is locked. */
  readonly isToCome?: boolean;
}

const maxHoldMs = 3000;
// Where lock waits are not visible: long enough for requests to arrive, short enough to do no harm.
const blindHoldMs = 500;

/**
 * A row lock that the suite itself holds, so that requests which need the row pile up behind it. Plain reads pass: a
 * server that checks before it locks has read a stale value for every one of them when the gate opens.
 */
export class Gate {
  readonly #connection: PoolConnection;
  readonly #count: CountWaiters;
  readonly #maxHoldMs: number;
  readonly #heldSince = performance.now();
  #open = false;
  /** Called when the locks are released. */
  onOpen: () => void = () => undefined;

  private constructor(connection: PoolConnection, count: CountWaiters, holdMs: number) {
    this.#connection = connection;
    this.#count = count;
    this.#maxHoldMs = holdMs;
  }

  /** Locks rows. @throws Error when one of them should exist and does not. */
  static async hold(pool: Pool, ...gated: readonly GatedRow[]): Promise<Gate> {
    const connection = await pool.getConnection();
    try {
      const [settings] = await connection.query<(RowDataPacket & { seconds: number })[]>(
        'SELECT @@innodb_lock_wait_timeout AS seconds',
      );
      const count = await lockWaitCounter(pool, connection);
      // READ COMMITTED locks only rows, not the gaps between them.
      if (gated.some(({ isToCome }) => isToCome)) {
        await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      }
      await connection.beginTransaction();
      for (const { table, column, id, isToCome = false } of gated) {
        const [rows] = await connection.query<RowDataPacket[]>('SELECT 1 FROM ?? WHERE ?? = ? FOR UPDATE', [
          ...[table, column, id],
        ]);
        if (rows.length === 0 && !isToCome) throw new Error(`There is no row of ${table} with ${column} ${id} to hold`);
      }
      const timeoutMs = (settings[0]?.seconds ?? 50) * 1000;
      return new Gate(connection, count, Math.min(maxHoldMs, timeoutMs / 2));
    } catch (error) {
      connection.destroy();
      throw error;
    }
  }

  /**
   * Waits until requests have piled up behind the gate and their number stands still.
   *
   * @param expected maximum number of waiters: once all of them wait, no more are expected.
   * @param isOver tells whether no further waiter can arrive.
   * @returns the number of waiters, or undefined where it is not visible; 0 means that the race was not exercised.
   */
  async untilStill(expected: number, isOver: () => boolean): Promise<number | undefined> {
    const end = performance.now() + this.#maxHoldMs;
    let waiters = 0;
    let stillFor = 0;
    while (performance.now() < end && !isOver()) {
      const now = await this.#count(expected, isOver).catch(() => 'unseen' as const);
      if (now === 'unseen') {
        await delay(blindHoldMs);
        return undefined;
      }
      if (now === undefined) break;
      stillFor = now === waiters ? stillFor + 1 : 0;
      waiters = now;
      if (waiters >= expected || (waiters > 0 && stillFor >= 2)) break;
    }
    return waiters;
  }

  /**
   * Waits until the expected number of connections wait behind the gate, directly or behind one another.
   *
   * @param isOver tells whether no further waiter can arrive.
   * @param maxMs maximum wait, in milliseconds.
   * @returns whether so many were seen to wait.
   */
  async untilWaiting(expected: number, isOver: () => boolean, maxMs: number): Promise<boolean> {
    const end = performance.now() + maxMs;
    while (performance.now() < end && !isOver()) {
      const waiters = await this.#count(expected, isOver).catch(() => 'unseen' as const);
      if (waiters === 'unseen') await delay(end - performance.now());
      else if (waiters !== undefined && waiters >= expected) return true;
    }
    return false;
  }

  /** Waits for a promise, but no longer than some milliseconds, nor than the gate may be held in total. */
  async untilOver(underWay: Promise<unknown>, maxMs: number): Promise<void> {
    const done = new AbortController();
    const leftMs = this.#heldSince + this.#maxHoldMs - performance.now();
    const tooLong = delay(Math.min(maxMs, leftMs), undefined, { signal: done.signal });
    await Promise.race([underWay, tooLong.catch(() => undefined)]);
    done.abort();
  }

  /** Releases the locks. Safe to call twice. */
  async open(): Promise<void> {
    if (this.#open) return;
    this.#open = true;
    this.onOpen();
    try {
      await this.#connection.commit();
      this.#connection.release();
    } catch {
      // A lost connection has lost its locks with it.
      this.#connection.destroy();
    }
  }
}
