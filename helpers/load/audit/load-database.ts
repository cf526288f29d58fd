import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase } from '../../database/connection/database-connection.ts';
import type { Id } from '../../profile/ids.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import { needed } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { HoldingsView } from './holdings-view.ts';
import type { Depletion } from '../measure/load-part.ts';
import { rowSchemas, type Books, type LoadRows, type RowSchemas } from './load-rows.ts';
import { readBooks } from './read-books.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import type { Acknowledged } from '../crashes/acknowledged.ts';
import { readLost } from './read-lost.ts';
import { readOddOrders, type OddOrder } from './read-odd-orders.ts';

/**
 * The target's tables as a load run looks at them: it only reads, and in amounts that do not depend on the number of
 * orders.
 */
export class LoadDatabase implements HoldingsView {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;
  readonly #rows: LoadRows;
  readonly #schemas: RowSchemas;

  private constructor(pool: Pool, profile: TargetProfile, rows: LoadRows) {
    this.#pool = pool;
    this.#profile = profile;
    this.#rows = rows;
    this.#schemas = rowSchemas(profile);
  }

  /** Connects to the target's database. @throws UserError when the database cannot be reached. */
  static async connect(settings: DatabaseSettings, profile: TargetProfile, rows: LoadRows): Promise<LoadDatabase> {
    return new LoadDatabase(await connectDatabase(settings), profile, rows);
  }

  /** Returns lowest and total of balance and stock, all read at one instant. */
  async holdings(): Promise<z.infer<RowSchemas['holdings']>> {
    const { products } = this.#profile.tables;
    const balances = needed(this.#profile.tables.balances, 'balances');
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT b.lowest AS balanceLowest, b.total AS balanceTotal, p.lowest AS stockLowest, p.total AS stockTotal
       FROM (SELECT MIN(??) AS lowest, SUM(??) AS total FROM ?? WHERE ?? IN (?)) b,
            (SELECT MIN(??) AS lowest, SUM(??) AS total FROM ?? WHERE ?? IN (?)) p`,
      [
        ...[balances.balance, balances.balance, balances.table, balances.userId, this.#rows.userIds],
        ...[products.stock, products.stock, products.table, products.id, this.#rows.productIds],
      ],
    );
    return this.#schemas.holdings.parse(rows[0]);
  }

  /** Counts the accounts and products that exist. */
  async present(): Promise<{ accounts: number; products: number }> {
    const { products } = this.#profile.tables;
    const balances = needed(this.#profile.tables.balances, 'balances');
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT (SELECT COUNT(DISTINCT ??) FROM ?? WHERE ?? IN (?)) AS accounts,
              (SELECT COUNT(DISTINCT ??) FROM ?? WHERE ?? IN (?)) AS products`,
      [
        ...[balances.userId, balances.table, balances.userId, this.#rows.userIds],
        ...[products.id, products.table, products.id, this.#rows.productIds],
      ],
    );
    return z.object({ accounts: z.coerce.number(), products: z.coerce.number() }).parse(rows[0]);
  }

  /** Returns what one account and one product hold, as far as they exist. */
  async rowsOf(userId: Id, productId: Id): Promise<{ balance?: number; stock?: number }> {
    const one = new LoadDatabase(this.#pool, this.#profile, {
      userIds: [userId],
      productIds: [productId],
      productsAreOwn: false,
    });
    const { accounts, products } = await one.#amounts();
    const balance = accounts[0]?.amount;
    const stock = products[0]?.amount;
    return { ...(balance !== undefined && { balance }), ...(stock !== undefined && { stock }) };
  }

  /** Counts the accounts and products that cannot go on. @param largestAmount of one payment, in won. */
  async depletion(largestAmount: number): Promise<Depletion> {
    const { accounts, products } = await this.#amounts();
    return {
      accountsShort: accounts.filter(({ amount }) => amount < largestAmount).length,
      balanceLowest: accounts.reduce((lowest, { amount }) => Math.min(lowest, amount), Infinity),
      productsSoldOut: products.filter(({ amount }) => amount < 1).length,
      stockLowest: products.reduce((lowest, { amount }) => Math.min(lowest, amount), Infinity),
    };
  }

  /** Returns the prices of the products, in won. */
  async prices(): Promise<{ productId: Id; price: number }[]> {
    const { id, price, table } = this.#profile.tables.products;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      'SELECT ?? AS productId, ?? AS price FROM ?? WHERE ?? IN (?)',
      [...[id, price, table, id, this.#rows.productIds]],
    );
    return rows.map((row) => this.#schemas.price.parse(row));
  }

  /** Reads money, orders and stock of all accounts and products. */
  books(): Promise<Books> {
    return readBooks(this.#pool, this.#profile, this.#rows);
  }

  /** Returns the orders with more than one payment, another amount paid, or payments against the order's state. */
  oddOrders(afterOrderId: Id | undefined): Promise<OddOrder[]> {
    return readOddOrders(this.#pool, this.#profile, this.#rows.userIds, afterOrderId);
  }

  /** Returns the orders and payments that were answered as made and are not there. */
  lost(acknowledged: Acknowledged): Promise<LedgerBreach[]> {
    return readLost(this.#pool, this.#profile, acknowledged);
  }

  /** Returns the id of the newest order of all accounts; `undefined` if there is none, or if ids do not count up. */
  async newestOrder(): Promise<Id | undefined> {
    if (this.#profile.ids.order === 'string') return undefined;
    const { id, table, userId } = this.#profile.tables.orders;
    const [rows] = await this.#pool.query<RowDataPacket[]>('SELECT MAX(??) AS id FROM ?? WHERE ?? IN (?)', [
      ...[id, table, userId, this.#rows.userIds],
    ]);
    return z.object({ id: z.coerce.number().nullable() }).parse(rows[0]).id ?? undefined;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #amounts() {
    const { products } = this.#profile.tables;
    const balances = needed(this.#profile.tables.balances, 'balances');
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT 'account' AS kind, CAST(?? AS CHAR) AS amount FROM ?? WHERE ?? IN (?)
       UNION ALL SELECT 'product', CAST(?? AS CHAR) FROM ?? WHERE ?? IN (?)`,
      [
        ...[balances.balance, balances.table, balances.userId, this.#rows.userIds],
        ...[products.stock, products.table, products.id, this.#rows.productIds],
      ],
    );
    const { balance, stock } = this.#schemas;
    return {
      accounts: rows.flatMap((row) => balance.safeParse(row).data ?? []),
      products: rows.flatMap((row) => stock.safeParse(row).data ?? []),
    };
  }
}
