import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { retryingOnDeadlock } from './database-connection.ts';
import type { Id } from './ids.ts';
import type { TableStructure } from './table-structure.ts';
import type { TargetProfile } from './target-profile/target-profile.ts';

const batchSize = 500;

const valueSchema = z.object({ value: z.union([z.number(), z.string()]) });

/** Removes rows of accounts and products with everything that hangs on them, known to the profile or not. */
export class RowRemoval {
  readonly #connection: Connection;
  readonly #profile: TargetProfile;
  readonly #structure: TableStructure;
  readonly #tries: number;

  /** @param tries of every statement; inside a transaction only 1, since a deadlock undoes all of it. */
  constructor(connection: Connection, profile: TargetProfile, structure: TableStructure, tries = 5) {
    this.#connection = connection;
    this.#profile = profile;
    this.#structure = structure;
    this.#tries = tries;
  }

  /** Removes users with their balances, orders, payments and keys. */
  async removeAccounts(userIds: readonly Id[]): Promise<void> {
    const { users, balances, keys } = this.#profile.tables;
    await this.removeOrdersOf(userIds);
    for (const { table, userId } of keys) await this.#remove(table, userId, userIds);
    if (balances.table !== users.table) await this.#remove(balances.table, balances.userId, userIds);
    await this.#remove(users.table, users.id, userIds);
  }

  /** Removes the orders of users, and the payments and lines of those orders. */
  async removeOrdersOf(userIds: readonly Id[]): Promise<void> {
    const { orders } = this.#profile.tables;
    await this.removeOrders(await this.#values(orders.table, orders.id, orders.userId, userIds));
  }

  /** Removes orders with their payments and lines. */
  async removeOrders(orderIds: readonly Id[]): Promise<void> {
    const { orders, orderItems, payments } = this.#profile.tables;
    await this.#remove(payments.table, payments.orderId, orderIds);
    await this.#remove(orderItems.table, orderItems.orderId, orderIds);
    await this.#remove(orders.table, orders.id, orderIds);
  }

  async removeProducts(productIds: readonly Id[]): Promise<void> {
    const { products } = this.#profile.tables;
    await this.#remove(products.table, products.id, productIds);
  }

  async #remove(table: string, column: string, values: readonly Id[]): Promise<void> {
    if (!this.#structure.columns.has(`${table}.${column}`)) return;
    for (let start = 0; start < values.length; start += batchSize) {
      const batch = values.slice(start, start + batchSize);
      // A target's further tables (an outbox, a history) may point at our rows without the profile knowing them.
      for (const reference of this.#structure.referencesTo(table)) {
        if (reference.table === table) continue;
        const referenced = await this.#values(table, reference.referencedColumn, column, batch);
        await this.#remove(reference.table, reference.column, referenced);
      }
      await retryingOnDeadlock(
        () => this.#connection.query('DELETE FROM ?? WHERE ?? IN (?)', [table, column, batch]),
        this.#tries,
      );
    }
  }

  async #values(table: string, wanted: string, column: string, values: readonly Id[]): Promise<Id[]> {
    if (values.length === 0) return [];
    if (wanted === column) return [...values];
    const [rows] = await this.#connection.query<RowDataPacket[]>('SELECT ?? AS value FROM ?? WHERE ?? IN (?)', [
      wanted,
      table,
      column,
      values,
    ]);
    return rows.map((row) => valueSchema.parse(row).value);
  }
}
