import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { withIndexHint } from '../connection/with-index-hint.ts';
import type { Id } from '../../profile/ids.ts';
import type { TableStructure } from '../structure/table-structure.ts';
import type { Tables } from '../../profile/tables.ts';

type KeyTable = Tables['keys'][number];

const rowSchema = z.object({ name: z.string() });
const countSchema = z.object({ count: z.number() });

/**
 * The idempotency key rows of users, each named by its primary key, which tells the rows of a run from earlier ones.
 * Rows of a table without a primary key have no name and are never touched.
 */
export class KeyRows {
  readonly #connection: Connection;
  readonly #structure: TableStructure;
  readonly #orders: Tables['orders'];

  constructor(connection: Connection, structure: TableStructure, orders: Tables['orders']) {
    this.#connection = connection;
    this.#structure = structure;
    this.#orders = orders;
  }

  /** Returns the names of a user's rows. */
  async of(keys: KeyTable, userId: Id): Promise<string[]> {
    const owned = this.#owned(keys, userId);
    const columns = owned ? this.#structure.primaryKey(keys.table) : [];
    if (!owned || columns.length === 0) return [];
    const [rows] = await this.#connection.query<RowDataPacket[]>(
      `SELECT ${nameOf(columns)} AS name FROM ?? WHERE ${owned.condition}`,
      [...columns, keys.table, ...owned.values],
    );
    return rows.map((row) => rowSchema.parse(row).name);
  }

  /** Counts a user's rows, with or without a name. */
  async count(keys: KeyTable, userId: Id): Promise<number> {
    const owned = this.#owned(keys, userId);
    if (!owned) return 0;
    const [rows] = await this.#connection.query<RowDataPacket[]>(
      `SELECT COUNT(*) AS count FROM ?? WHERE ${owned.condition}`,
      [keys.table, ...owned.values],
    );
    return countSchema.parse(rows[0]).count;
  }

  /** Removes a user's rows, except those of the given names. @returns their number. */
  async removeBut(known: readonly string[] | undefined, keys: KeyTable, userId: Id): Promise<number> {
    return this.#change('DELETE FROM ??', [], known, keys, userId);
  }

  /** Sets the expiry of a user's rows, except those of the given names, to a year ago. @returns their number. */
  async expireBut(known: readonly string[] | undefined, keys: KeyTable, userId: Id): Promise<number> {
    const { table, expiresAt } = keys;
    if (expiresAt === undefined) return 0;
    // All times of the row change, since the expiry may be computed from another one or compared with it by a check.
    const others = this.#structure.instants(table).filter((column) => column !== expiresAt);
    const isComputed = this.#structure.isComputed(table, expiresAt);
    // A number counts seconds or milliseconds since 1970: 1 is long ago in either unit.
    const longAgo = this.#structure.isNumber(table, expiresAt) ? '1' : 'UTC_TIMESTAMP() - INTERVAL 1 YEAR';
    const changes = [...others.map(() => '?? = ?? - INTERVAL 2 YEAR'), ...(isComputed ? [] : [`?? = ${longAgo}`])];
    if (changes.length === 0) return 0;
    const values = [...others.flatMap((column) => [column, column]), ...(isComputed ? [] : [expiresAt])];
    return this.#change(`UPDATE ?? SET ${changes.join(', ')}`, values, known, keys, userId);
  }

  /**
   * Leaves a user's rows, except those of the given names, an hour until they expire. Only where the time that they have
   * left is whole days in UTC: anything else may be the time of another zone, or its own number of hours.
   *
   * @returns their number.
   */
  async shortenBut(known: readonly string[] | undefined, keys: KeyTable, userId: Id): Promise<number> {
    const { table, expiresAt } = keys;
    const owned = this.#owned(keys, userId);
    if (!owned || expiresAt === undefined || !this.#structure.instants(table).includes(expiresAt)) return 0;
    const [rows] = await this.#connection.query<RowDataPacket[]>(
      `SELECT COUNT(*) AS count FROM ?? WHERE ${owned.condition} AND ?? > UTC_TIMESTAMP() + INTERVAL 1 HOUR
         AND ABS(MOD(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), ??) + 43200, 86400) - 43200) < 120`,
      [table, ...owned.values, expiresAt, expiresAt],
    );
    if (countSchema.parse(rows[0]).count === 0) return 0;
    return this.#change('UPDATE ?? SET ?? = UTC_TIMESTAMP() + INTERVAL 1 HOUR', [expiresAt], known, keys, userId);
  }

  /** Makes a user's rows, except those of the given names, a minute older. @returns their number. */
  async ageBut(known: readonly string[] | undefined, keys: KeyTable, userId: Id): Promise<number> {
    const times = this.#structure.instants(keys.table);
    if (times.length === 0) return 0;
    const changes = times.map(() => '?? = ?? - INTERVAL 1 MINUTE').join(', ');
    return this.#change(
      `UPDATE ?? SET ${changes}`,
      times.flatMap((column) => [column, column]),
      known,
      keys,
      userId,
    );
  }

  async #change(
    statement: string,
    values: readonly string[],
    known: readonly string[] | undefined,
    keys: KeyTable,
    userId: Id,
  ): Promise<number> {
    const { table } = keys;
    const owned = this.#owned(keys, userId);
    if (!owned) return 0;
    const { column, condition } = owned;
    const all = [table, ...values, ...owned.values];
    if (known === undefined) {
      return this.#run(table, column, `${statement} WHERE ${condition}`, all);
    }
    const before = new Set(known);
    const own = (await this.of(keys, userId)).filter((name) => !before.has(name));
    if (own.length === 0) return 0;
    const columns = this.#structure.primaryKey(table);
    return this.#run(table, column, `${statement} WHERE ${condition} AND ${nameOf(columns)} IN (?)`, [
      ...[...all, ...columns, own],
    ]);
  }

  async #run(table: string, column: string, statement: string, values: unknown[]): Promise<number> {
    const change = withIndexHint(this.#structure, table, [column], [statement, values]);
    const [{ affectedRows }] = await this.#connection.query<ResultSetHeader>(...change);
    return affectedRows;
  }

  /** Returns what tells the rows of a user: their own column, or the order; undefined where the table has neither. */
  #owned({ table, userId: owner, orderId }: KeyTable, userId: Id) {
    const column = owner ?? orderId;
    if (column === undefined || !this.#structure.columns.has(`${table}.${column}`)) return undefined;
    const { table: orders, id, userId: buyer } = this.#orders;
    return owner === undefined
      ? { column, condition: '?? IN (SELECT ?? FROM ?? WHERE ?? = ?)', values: [column, id, orders, buyer, userId] }
      : { column, condition: '?? = ?', values: [column, userId] };
  }
}

// In hexadecimal, so that no collation makes two names equal.
const nameOf = (columns: readonly string[]): string =>
  `CONCAT_WS('-', ${columns.map(() => 'HEX(CAST(?? AS BINARY))').join(', ')})`;
