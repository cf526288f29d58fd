import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import type { Id } from '../../profile/ids.ts';
import { codeOf } from '../connection/explain-database-error.ts';
import { forceDeadlock, type Ballast } from './force-deadlock.ts';
import { killConnection } from './kill-connection.ts';
import { lockWaitsBehind, type LockWaiter, type LockWaits } from './lock-waits.ts';
import { MissingRight } from '../structure/missing-right.ts';

/** A row by its table, key column and key. */
export interface GatedRow {
  readonly table: string;
  readonly column: string;
  readonly id: Id;
  /** The row does not exist yet: the gap where it will be inserted is locked. */
  readonly isToCome?: boolean;
  /** Where there is no such row, nothing is locked, and no gap either. */
  readonly mayLack?: boolean;
}

const maxHoldMs = 3000;
// Where lock waits are not visible: long enough for requests to arrive, short enough to do no harm.
const blindHoldMs = 500;
const mayNotSee = ['ER_SPECIFIC_ACCESS_DENIED_ERROR', 'ER_TABLEACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'];

/**
 * A row lock that the suite itself holds, so that requests which need the row pile up behind it. Plain reads pass: a
 * server that checks before it locks has read a stale value for every one of them when the gate opens.
 */
export class Gate {
  readonly #pool: Pool;
  readonly #connection: PoolConnection;
  readonly #waits: LockWaits;
  readonly #maxHoldMs: number;
  /** For how long the server lets new sessions wait for a lock, in milliseconds. */
  readonly timeoutMs: number;
  readonly #heldSince = performance.now();
  #open = false;
  /** Called when the locks are released. */
  onOpen: () => void = () => undefined;

  private constructor(pool: Pool, connection: PoolConnection, waits: LockWaits, timeoutMs: number) {
    this.#pool = pool;
    this.#connection = connection;
    this.#waits = waits;
    this.timeoutMs = timeoutMs;
    this.#maxHoldMs = Math.min(maxHoldMs, timeoutMs / 2);
  }

  /** Locks rows. @throws Error when one of them should exist and does not. */
  static async hold(pool: Pool, ...gated: readonly GatedRow[]): Promise<Gate> {
    const connection = await pool.getConnection();
    try {
      const [settings] = await connection.query<(RowDataPacket & { seconds: number })[]>(
        'SELECT @@innodb_lock_wait_timeout AS seconds',
      );
      const waits = await lockWaitsBehind(pool, connection);
      // READ COMMITTED locks only rows, not the gaps between them.
      if (gated.some(({ isToCome }) => isToCome)) {
        await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      }
      await connection.beginTransaction();
      for (const { table, column, id, isToCome = false, mayLack = isToCome } of gated) {
        const [rows] = await connection.query<RowDataPacket[]>('SELECT 1 FROM ?? WHERE ?? = ? FOR UPDATE', [
          ...[table, column, id],
        ]);
        if (rows.length === 0 && !mayLack) throw new Error(`There is no row of ${table} with ${column} ${id} to hold`);
      }
      return new Gate(pool, connection, waits, (settings[0]?.seconds ?? 50) * 1000);
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
      const now = await this.#waits.count(expected, isOver).catch(() => 'unseen' as const);
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
      const waiters = await this.#waits.count(expected, isOver).catch(() => 'unseen' as const);
      if (waiters === 'unseen') await delay(end - performance.now());
      else if (waiters !== undefined && waiters >= expected) return true;
    }
    return false;
  }

  /**
   * Waits until somebody waits for the locks themselves.
   *
   * @param isOver tells whether nobody can arrive any more.
   * @param isMeant tells whether it is somebody who is waited for; the gap of a key keeps the keys of others back too.
   * @returns who waits at this moment; nobody where the gate was held for as long as it may be.
   * @throws MissingRight where the user of the settings may not see that.
   */
  async untilWaited(isOver: () => boolean, isMeant: (waiter: LockWaiter) => boolean): Promise<LockWaiter[]> {
    const end = performance.now() + this.#maxHoldMs;
    while (performance.now() < end && !isOver()) {
      let denied = '';
      const waiters = await this.#waits.waiters(isOver).catch((error: unknown) => {
        denied = codeOf(error);
        if (mayNotSee.includes(denied)) return undefined;
        throw error;
      });
      if (!waiters && !isOver()) {
        const what = 'see who waits for a lock';
        // MariaDB shows it to whoever sees processes; with MySQL it is in tables.
        throw await (denied === 'ER_TABLEACCESS_DENIED_ERROR'
          ? MissingRight.of(this.#pool, what, 'SELECT', 'performance_schema.*')
          : MissingRight.of(this.#pool, what, 'PROCESS'));
      }
      const meant = waiters?.filter(isMeant) ?? [];
      if (meant.length > 0) return meant;
    }
    return [];
  }

  /**
   * Ends the connection of somebody who has just been seen to wait for the locks.
   *
   * @returns whether it still waited, and is not one of the suite's own.
   * @throws MissingRight where the user of the settings may not do that.
   */
  end(waiter: LockWaiter): Promise<boolean> {
    return killConnection(this.#pool, waiter);
  }

  /**
   * Makes a transaction that waits for the locks the victim of a deadlock, over one of some rows that it has locked.
   *
   * @returns whether there was such a row, and the other transaction, not this one, had to give way.
   */
  async forceDeadlock(over: readonly GatedRow[], ballast: Ballast): Promise<boolean> {
    return forceDeadlock(this.#connection, over, ballast);
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
      // Nothing that was changed to weigh more may stay.
      await this.#connection.rollback();
      this.#connection.release();
    } catch {
      // A lost connection has lost its locks with it.
      this.#connection.destroy();
    }
  }
}
