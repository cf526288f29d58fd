import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { withIndexHint } from '../connection/with-index-hint.ts';
import { retryingOnDeadlock, retryingOnReference } from '../connection/database-connection.ts';
import { type Id, idSchema } from '../../profile/ids.ts';
import type { Reference, TableStructure } from '../structure/table-structure.ts';
import { offered } from '../../profile/endpoint-forms.ts';
import { lineTable } from '../../profile/tables.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const batchSize = 500;

// Keys may be texts of bytes, too.
const valueSchema = z.union([z.number(), z.string(), z.instanceof(Buffer), z.date()]);
type Value = z.infer<typeof valueSchema>;

const rowSchema = z.array(valueSchema.nullable());
const isFull = (row: readonly (Value | null)[]): row is Value[] => !row.includes(null);

/** Removes rows of accounts and products with all rows that refer to them, whether the profile knows them or not. */
export class RowRemoval {
  readonly #connection: Connection;
  readonly #profile: TargetProfile;
  readonly #structure: TableStructure;
  readonly #tries: number;

  /** @param tries number of attempts for every statement; 1 inside a transaction, since a deadlock rolls it back. */
  constructor(connection: Connection, profile: TargetProfile, structure: TableStructure, tries = 5) {
    this.#connection = connection;
    this.#profile = profile;
    this.#structure = structure;
    this.#tries = tries;
  }

  /** Removes users with their balances, orders, payments and keys. */
  async removeAccounts(userIds: readonly Id[]): Promise<void> {
    const { users } = this.#profile.tables;
    await this.removeHoldingsOf(userIds);
    await this.#remove(users.table, users.id, userIds);
  }

  /** Removes balances, orders, payments and keys of users, and leaves the users. */
  async removeHoldingsOf(userIds: readonly Id[]): Promise<void> {
    const { users, balances, keys } = this.#profile.tables;
    await this.removeOrdersOf(userIds);
    for (const { table, userId } of keys) if (userId !== undefined) await this.#remove(table, userId, userIds);
    const held = offered(balances);
    if (held && held.table !== users.table) await this.#remove(held.table, held.userId, userIds);
  }

  /** Removes the orders of users, and the payments and lines of those orders. */
  async removeOrdersOf(userIds: readonly Id[]): Promise<void> {
    const { orders } = this.#profile.tables;
    const owners = userIds.map((id) => [id]);
    const rows = await this.#values(orders.table, [orders.id], [orders.userId], owners);
    await this.removeOrders(rows.map(([id]) => idSchema.parse(id)));
  }

  /** Removes orders with their payments and lines. */
  async removeOrders(orderIds: readonly Id[]): Promise<void> {
    const { orders, payments, charges, keys } = this.#profile.tables;
    for (const { table, userId, orderId } of keys) {
      if (userId === undefined && orderId !== undefined) await this.#remove(table, orderId, orderIds);
    }
    const lines = lineTable(this.#profile.tables);
    const paid = offered(payments);
    if (paid) await this.#remove(paid.table, paid.orderId, orderIds);
    if (charges) await this.#remove(charges.table, charges.orderId, orderIds);
    if (lines) await this.#remove(lines.table, lines.orderId, orderIds);
    await this.#remove(orders.table, orders.id, orderIds);
  }

  async removeProducts(productIds: readonly Id[]): Promise<void> {
    const { products } = this.#profile.tables;
    await this.#remove(products.table, products.id, productIds);
  }

  async #remove(table: string, column: string, ids: readonly Id[]): Promise<void> {
    if (!this.#structure.columns.has(`${table}.${column}`)) return;
    const rows = ids.map((id) => [id]);
    await retryingOnReference(() => this.#removeRows(table, [column], rows));
  }

  /** Removes the rows with one of some combinations of values in some columns, and the rows that refer to them. */
  async #removeRows(table: string, columns: readonly string[], rows: readonly Value[][]): Promise<void> {
    for (let start = 0; start < rows.length; start += batchSize) {
      const batch = rows.slice(start, start + batchSize);
      // Further tables of a target (an outbox, a history), unknown to the profile, may refer to these rows.
      for (const reference of this.#structure.referencesTo(table)) await this.#release(reference, columns, batch);
      await this.#run(table, columns, 'DELETE FROM ?? WHERE (??) IN (?)', [table, columns, batch]);
    }
  }

  /** Makes sure that no row refers to some rows of the referenced table any more. */
  async #release(reference: Reference, columns: readonly string[], rows: readonly Value[][]): Promise<void> {
    const { table, referencedTable, referencedColumns, optionalColumns } = reference;
    const referenced = await this.#values(referencedTable, referencedColumns, columns, rows);
    if (referenced.length === 0) return;
    const pointsBack = this.#structure.leadsTo(referencedTable, table);
    if (optionalColumns.length === 0 || !(pointsBack || this.#wouldTakeHolder(table))) {
      await this.#removeRows(table, reference.columns, referenced);
      return;
    }
    // Either the two refer to each other, as a payment and its order with a last payment; or the row has to stay, as a
    // balance with a last payment.
    const emptied = Object.fromEntries(optionalColumns.map((name) => [name, null]));
    await this.#run(table, reference.columns, 'UPDATE ?? SET ? WHERE (??) IN (?)', [
      ...[table, emptied, reference.columns, referenced],
    ]);
  }

  /** Returns whether removing a row of that table would remove a user, a balance or a product. */
  #wouldTakeHolder(table: string, seen = new Set<string>()): boolean {
    if (seen.has(table)) return false;
    seen.add(table);
    const { users, balances, products } = this.#profile.tables;
    if ([users, offered(balances), products].some((holder) => holder?.table === table)) return true;
    return this.#structure
      .referencesTo(table)
      .some((reference) => reference.optionalColumns.length === 0 && this.#wouldTakeHolder(reference.table, seen));
  }

  /** Returns the values of some columns in the rows with one of some combinations of values in others. */
  async #values(
    table: string,
    wanted: readonly string[],
    columns: readonly string[],
    rows: readonly Value[][],
  ): Promise<Value[][]> {
    if (rows.length === 0 || wanted.join() === columns.join()) return [...rows];
    const [found] = await this.#connection.query<RowDataPacket[]>(
      { sql: 'SELECT ?? FROM ?? WHERE (??) IN (?)', rowsAsArray: true },
      [wanted, table, columns, rows],
    );
    // No row refers to null.
    return found.map((row) => rowSchema.parse(row)).filter(isFull);
  }

  async #run(table: string, columns: readonly string[], statement: string, values: unknown[]): Promise<void> {
    const change = withIndexHint(this.#structure, table, columns, [statement, values]);
    await retryingOnDeadlock(() => this.#connection.query(...change), this.#tries);
  }
}
