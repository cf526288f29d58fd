import type { PoolConnection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { retryingOnDeadlock } from '../../database/connection/database-connection.ts';
import { offered } from '../../profile/endpoint-forms.ts';
import { idFromTable, idSchema, type Id } from '../../profile/ids.ts';
import { moneyCodec, type MoneyCodec } from '../../profile/money-codec.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import type { Account, Product } from '../../database/rows/own-rows.ts';
import { KeyRows } from '../../database/rows/key-rows.ts';
import type { LeaseJournal } from './lease-journal.ts';

const orderIdSchema = z.object({ id: idSchema });
const productSchema = z.object({ name: z.string(), price: z.unknown(), stock: z.coerce.number() });
const balanceSchema = z.object({ balance: z.unknown() });

/** Sets leased rows to the values of a test; the journal notes their original state before they change. */
export class RowLeasing {
  readonly #database: ShopDatabase;
  readonly #journal: LeaseJournal;
  readonly #money: MoneyCodec;

  constructor(database: ShopDatabase, journal: LeaseJournal) {
    this.#database = database;
    this.#journal = journal;
    this.#money = moneyCodec(database.profile.money);
  }

  /** Gives a leased user a balance, by adding the difference. @param balance in won. */
  async leaseUser(userId: Id, balance: number): Promise<Account> {
    const { profile, structure } = this.#database;
    const { orders, users, keys } = profile.tables;
    const held = offered(profile.tables.balances);
    await this.#inTransaction(async (connection) => {
      const found = held ? await this.#balanceOf(connection, held, userId) : balance;
      const [earlier] = await connection.query<RowDataPacket[]>('SELECT ?? AS id FROM ?? WHERE ?? = ?', [
        ...[orders.id, orders.table, orders.userId, userId],
      ]);
      const names: Record<string, string[]> = {};
      const keyRows = new KeyRows(connection, structure, orders);
      for (const table of keys) names[table.table] = await keyRows.of(table, userId);
      this.#journal.note({
        event: 'user',
        id: userId,
        found: {
          balance: found,
          orders: earlier.map((row) => idFromTable(profile.ids.order, orderIdSchema.parse(row).id)),
          keys: names,
        },
      });
      const amount = balance - found;
      const nth = this.#journal.state.nextNth();
      this.#journal.note({ event: 'adding', to: 'balance', id: userId, amount, nth });
      if (held) {
        await connection.query('UPDATE ?? SET ?? = ?? + ? WHERE ?? = ?', [
          ...[held.table, held.balance, held.balance, this.#money.toTable(amount), held.userId, userId],
        ]);
      }
      return [nth];
    });
    this.#database.notedBalances.set(userId, balance);
    return { userId, name: `${users.table} ${userId}`, balance };
  }

  async #balanceOf(
    connection: PoolConnection,
    { table, userId: column, balance }: { table: string; userId: string; balance: string },
    userId: Id,
  ): Promise<number> {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT ?? AS balance FROM ?? WHERE ?? = ? FOR UPDATE', [
      ...[balance, table, column, userId],
    ]);
    return this.#money.fromTable(balanceSchema.parse(rows[0]).balance);
  }

  /** Gives a leased product a price, in won, and a stock, by adding the difference. */
  async leaseProduct(productId: Id, { price, stock }: { price: number; stock: number }): Promise<Product> {
    const { products } = this.#database.profile.tables;
    let name = '';
    await this.#inTransaction(async (connection) => {
      const [rows] = await connection.query<RowDataPacket[]>(
        'SELECT ?? AS name, ?? AS price, ?? AS stock FROM ?? WHERE ?? = ? FOR UPDATE',
        [products.name, products.price, products.stock, products.table, products.id, productId],
      );
      const row = productSchema.parse(rows[0]);
      name = row.name;
      const found = { price: this.#money.fromTable(row.price), stock: row.stock };
      this.#journal.note({ event: 'product', id: productId, found });
      this.#journal.note({ event: 'pricing', id: productId, price });
      const amount = stock - found.stock;
      const nth = this.#journal.state.nextNth();
      this.#journal.note({ event: 'adding', to: 'stock', id: productId, amount, nth });
      await connection.query('UPDATE ?? SET ?? = ?, ?? = ?? + ? WHERE ?? = ?', [
        ...[products.table, products.price, this.#money.toTable(price), products.stock, products.stock, amount],
        ...[products.id, productId],
      ]);
      return [nth];
    });
    return { productId, name, price, stock };
  }

  /** Changes rows and notes the commit. @param change returns the numbers of the additions that it has noted. */
  async #inTransaction(change: (connection: PoolConnection) => Promise<number[]>): Promise<void> {
    const additions = await retryingOnDeadlock(async () => {
      const connection = await this.#database.pool.getConnection();
      try {
        await connection.beginTransaction();
        const noted = await change(connection);
        await connection.commit();
        connection.release();
        return noted;
      } catch (error) {
        connection.destroy();
        throw error;
      }
    });
    for (const nth of additions) this.#journal.note({ event: 'added', nth, isDone: true });
  }
}
