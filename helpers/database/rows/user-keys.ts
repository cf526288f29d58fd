import type { Pool } from 'mysql2/promise';
import type { Id } from '../../profile/ids.ts';
import type { KeyedCall, Tables } from '../../profile/tables.ts';
import { zeroIfCheckFails } from '../connection/database-connection.ts';
import { KeyRows } from './key-rows.ts';
import type { LeaseNotes } from './lease-notes.ts';
import type { TableStructure } from '../structure/table-structure.ts';

/** A table of idempotency keys, and how many rows a user has in it. */
export interface KeptKeys {
  readonly table: string;
  /** True when only some of the targets that the profile describes have it. */
  readonly optional: boolean;
  readonly rows: number;
}

/**
 * The idempotency keys of users, by call. Where several calls share a table, a change affects the keys of all of them.
 */
export class UserKeys {
  readonly #rows: KeyRows;
  readonly #structure: TableStructure;
  readonly #tables: Tables['keys'];
  readonly #keysFoundOf: LeaseNotes['keysFoundOf'];

  /** @param keysFoundOf returns the key rows that a leased user had before; they are never changed. */
  constructor(
    pool: Pool,
    structure: TableStructure,
    { keys, orders }: Pick<Tables, 'keys' | 'orders'>,
    keysFoundOf: LeaseNotes['keysFoundOf'],
  ) {
    this.#rows = new KeyRows(pool, structure, orders);
    this.#structure = structure;
    this.#tables = keys;
    this.#keysFoundOf = keysFoundOf;
  }

  /** Returns the existing key tables of a call, with the number of a user's rows in each. */
  async rows({ userId }: { userId: Id }, call: KeyedCall): Promise<KeptKeys[]> {
    return Promise.all(
      this.#tablesOf(call)
        .filter(({ table }) => this.#structure.tables.has(table))
        .map(async (keys) => ({
          table: keys.table,
          optional: keys.optional ?? false,
          rows: await this.#rows.count(keys, userId),
        })),
    );
  }

  /** Sets the expiry of a user's keys to a year ago. @returns their number; 0 where a check constraint forbids it. */
  expire(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#change(account, call, async (keys, known) => {
      if (keys.expiresAt === undefined || !this.#structure.columns.has(`${keys.table}.${keys.expiresAt}`)) return 0;
      return zeroIfCheckFails(this.#rows.expireBut(known, keys, account.userId));
    });
  }

  /** Leaves a user's keys an hour until they expire. @returns their number, as `KeyRows.shortenBut` does. */
  shorten(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#change(account, call, (keys, known) =>
      zeroIfCheckFails(this.#rows.shortenBut(known, keys, account.userId)),
    );
  }

  /**
   * Removes a user's keys, as a clean-up job of the target might.
   *
   * @returns their number; 0 where another table refers to them, so that the target itself would not remove them.
   */
  purge(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#change(account, call, async (keys, known) => {
      // Their removal would fail, or remove a payment too.
      if (this.#structure.referencesTo(keys.table).length > 0) return 0;
      return this.#rows.removeBut(known, keys, account.userId);
    });
  }

  /** Makes a user's keys a minute older. @returns their number; 0 where they have no times. */
  age(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#change(account, call, (keys, known) => this.#rows.ageBut(known, keys, account.userId));
  }

  /** Changes a user's keys in every table of a call, except the `known` ones of a leased user. */
  async #change(
    { userId }: { userId: Id },
    call: KeyedCall,
    change: (keys: Tables['keys'][number], known: readonly string[] | undefined) => Promise<number>,
  ): Promise<number> {
    const found = this.#keysFoundOf(userId);
    let changed = 0;
    for (const keys of this.#tablesOf(call)) changed += await change(keys, found && (found[keys.table] ?? []));
    return changed;
  }

  #tablesOf(call: KeyedCall): Tables['keys'] {
    return this.#tables.filter(({ of }) => of === undefined || of.includes(call));
  }
}
