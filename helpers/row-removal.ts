import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { retryingOnDeadlock } from './database-connection.ts';
import type { Id } from './ids.ts';
import type { TableStructure } from './table-structure.ts';
import type { TargetProfile } from './target-profile/target-profile.ts';

const batchSize = 500;

const valueSchema = z.object({ value: z.union([z.number(), z.string()]) });

/** Removes rows of accounts and products with everything that hangs on them, known to the profile or not. */
export class RowRemoval {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;
  readonly #structure: TableStructure;

  constructor(pool: Pool, profile: TargetProfile, structure: TableStructure) {
    this.#pool = pool;
    this.#profile = profile;
    this.#structure = structure;
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
    const { orders, orderItems, payments } = this.#profile.tables;
    const orderIds = await this.#values(orders.table, orders.id, orders.userId, userIds);
    await this.#remove(payments.table, payments.orderId, orderIds);
    await this.#remove(orderItems.table, orderItems.orderId, orderIds);
    await this.#remove(orders.table, orders.id, orderIds);
  }

  /** Removes a user's idempotency keys. @returns how many there were. */
  async removeKeys(userId: Id): Promise<number> {
    let removed = 0;
    for (const { table, userId: owner } of this.#profile.tables.keys) {
      if (!this.#structure.columns.has(`${table}.${owner}`)) continue;
      const [result] = await this.#pool.query<ResultSetHeader>('DELETE FROM ?? WHERE ?? = ?', [table, owner, userId]);
      removed += result.affectedRows;
    }
    return removed;
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
      await retryingOnDeadlock(() => this.#pool.query('DELETE FROM ?? WHERE ?? IN (?)', [table, column, batch]));
    }
  }

  async #values(table: string, wanted: string, column: string, values: readonly Id[]): Promise<Id[]> {
    if (values.length === 0) return [];
    if (wanted === column) return [...values];
    const [rows] = await this.#pool.query<RowDataPacket[]>('SELECT ?? AS value FROM ?? WHERE ?? IN (?)', [
      wanted,
      table,
      column,
      values,
    ]);
    return rows.map((row) => valueSchema.parse(row).value);
  }
}
