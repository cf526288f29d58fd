import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase } from '../database-connection.ts';
import type { DatabaseSettings } from '../settings.ts';
import type { TargetProfile } from '../targets/target-profile.ts';
import type { Depletion } from './load-part.ts';

const number = z.coerce.number();

const accountRow = z.object({ userId: number, balance: number, orders: number, payments: number, paid: number });
const productRow = z.object({ productId: number, price: number, stock: number, taken: number });
const holdingsRow = z.object({
  balanceLowest: number.nullable(),
  balanceTotal: number.nullable(),
  stockLowest: number.nullable(),
  stockTotal: number.nullable(),
});
const oddOrder = z.object({ orderId: number, total: number, status: z.string(), payments: number, paid: number });

/** What the tables say of accounts and products, a row each however many orders there are; won and pieces. */
export interface Books {
  readonly accounts: readonly z.infer<typeof accountRow>[];
  readonly products: readonly z.infer<typeof productRow>[];
}

const mostOddOrders = 5;

/**
 * The target's tables as a load run looks at them: it only reads, and in amounts that do not depend on the number of
 * orders.
 */
export class LoadDatabase {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;
  readonly #userIds: readonly number[];
  readonly #productIds: readonly number[];
  readonly #productsAreOwn: boolean;

  /** @param productsAreOwn whether nobody else can have ordered the products. */
  constructor(
    pool: Pool,
    profile: TargetProfile,
    userIds: readonly number[],
    productIds: readonly number[],
    productsAreOwn: boolean,
  ) {
    this.#pool = pool;
    this.#profile = profile;
    this.#userIds = userIds;
    this.#productIds = productIds;
    this.#productsAreOwn = productsAreOwn;
  }

  /** @throws UserError when the database cannot be reached. */
  static async connect(
    settings: DatabaseSettings,
    profile: TargetProfile,
    ids: { readonly userIds: readonly number[]; readonly productIds: readonly number[] },
    productsAreOwn: boolean,
  ): Promise<LoadDatabase> {
    return new LoadDatabase(await connectDatabase(settings), profile, ids.userIds, ids.productIds, productsAreOwn);
  }

  /** Lowest and total of balance and stock, at one instant. */
  async holdings(): Promise<z.infer<typeof holdingsRow>> {
    const { balances, products } = this.#profile.tables;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT b.lowest AS balanceLowest, b.total AS balanceTotal, p.lowest AS stockLowest, p.total AS stockTotal
       FROM (SELECT MIN(??) AS lowest, SUM(??) AS total FROM ?? WHERE ?? IN (?)) b,
            (SELECT MIN(??) AS lowest, SUM(??) AS total FROM ?? WHERE ?? IN (?)) p`,
      [
        ...[balances.balance, balances.balance, balances.table, balances.userId, this.#userIds],
        ...[products.stock, products.stock, products.table, products.id, this.#productIds],
      ],
    );
    return holdingsRow.parse(rows[0]);
  }

  /** The rows of one account and one product, as far as they are there. */
  async rowsOf(userId: number, productId: number): Promise<{ balance?: number; stock?: number }> {
    const one = new LoadDatabase(this.#pool, this.#profile, [userId], [productId], false);
    const { accounts, products } = await one.#amounts();
    const balance = accounts[0]?.amount;
    const stock = products[0]?.amount;
    return { ...(balance !== undefined && { balance }), ...(stock !== undefined && { stock }) };
  }

  /** How many accounts and products cannot go on. @param largestAmount of one payment, in won. */
  async depletion(largestAmount: number): Promise<Depletion> {
    const { accounts, products } = await this.#amounts();
    return {
      accountsShort: accounts.filter(({ amount }) => amount < largestAmount).length,
      balanceLowest: accounts.reduce((lowest, { amount }) => Math.min(lowest, amount), Infinity),
      productsSoldOut: products.filter(({ amount }) => amount < 1).length,
      stockLowest: products.reduce((lowest, { amount }) => Math.min(lowest, amount), Infinity),
    };
  }

  /** Prices of the products, in won. */
  async prices(): Promise<{ productId: number; price: number }[]> {
    const { id, price, table } = this.#profile.tables.products;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      'SELECT ?? AS productId, ?? AS price FROM ?? WHERE ?? IN (?)',
      [...[id, price, table, id, this.#productIds]],
    );
    return rows.map((row) => z.object({ productId: number, price: number }).parse(row));
  }

  /** Money, orders and stock of all accounts and products. */
  async books(): Promise<Books> {
    const { policies, orderStatus, tables } = this.#profile;
    const { balances, products, orders, orderItems, payments } = tables;
    const [accounts] = await this.#pool.query<RowDataPacket[]>(
      `SELECT b.?? AS userId, b.?? AS balance, COALESCE(o.orders, 0) AS orders, COALESCE(o.payments, 0) AS payments,
              COALESCE(o.paid, 0) AS paid
       FROM ?? b LEFT JOIN (
         SELECT o.?? AS owner, COUNT(DISTINCT o.??) AS orders, COUNT(p.??) AS payments, SUM(p.??) AS paid
         FROM ?? o LEFT JOIN ?? p ON p.?? = o.?? WHERE o.?? IN (?) GROUP BY o.??
       ) o ON o.owner = b.?? WHERE b.?? IN (?)`,
      [
        ...[balances.userId, balances.balance, balances.table],
        ...[orders.userId, orders.id, payments.id, payments.amount, orders.table, payments.table],
        ...[payments.orderId, orders.id, orders.userId, this.#userIds, orders.userId],
        ...[balances.userId, balances.userId, this.#userIds],
      ],
    );
    const takesStock = policies.stockIsTakenAt === 'order' ? '<>' : '=';
    const state = policies.stockIsTakenAt === 'order' ? orderStatus.cancelled : orderStatus.paid;
    const [goods] = await this.#pool.query<RowDataPacket[]>(
      `SELECT p.?? AS productId, p.?? AS price, p.?? AS stock, COALESCE(i.taken, 0) AS taken
       FROM ?? p LEFT JOIN (
         SELECT i.?? AS product, SUM(i.??) AS taken FROM ?? o JOIN ?? i ON i.?? = o.??
         WHERE (? OR o.?? IN (?)) AND i.?? IN (?) AND o.?? ${takesStock} ? GROUP BY i.??
       ) i ON i.product = p.?? WHERE p.?? IN (?)`,
      [
        ...[products.id, products.price, products.stock, products.table],
        ...[orderItems.productId, orderItems.quantity, orders.table, orderItems.table, orderItems.orderId, orders.id],
        ...[!this.#productsAreOwn, orders.userId, this.#userIds, orderItems.productId, this.#productIds],
        ...[orders.status, state, orderItems.productId],
        ...[products.id, products.id, this.#productIds],
      ],
    );
    return {
      accounts: accounts.map((row) => accountRow.parse(row)),
      products: goods.map((row) => productRow.parse(row)),
    };
  }

  /** Orders whose payments are not as they must be: more than one, of another amount, or against the order's state. */
  async oddOrders(afterOrderId: number): Promise<string[]> {
    const { orderStatus, tables } = this.#profile;
    const { orders, payments } = tables;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT o.?? AS orderId, o.?? AS total, o.?? AS status, COUNT(p.??) AS payments, COALESCE(SUM(p.??), 0) AS paid
       FROM ?? o LEFT JOIN ?? p ON p.?? = o.?? WHERE o.?? IN (?) AND o.?? > ? GROUP BY o.??, o.??, o.??
       HAVING payments > 1 OR (payments = 1 AND paid <> total) OR (payments = 1) <> (status = ?) LIMIT ?`,
      [
        ...[orders.id, orders.total, orders.status, payments.id, payments.amount],
        ...[orders.table, payments.table, payments.orderId, orders.id, orders.userId, this.#userIds],
        ...[orders.id, afterOrderId, orders.id, orders.total, orders.status, orderStatus.paid, mostOddOrders],
      ],
    );
    return rows
      .map((row) => oddOrder.parse(row))
      .map(
        ({ orderId, total, status, payments: made, paid }) =>
          `order ${orderId} of ${total} won is ${status} and has ${made} ${made === 1 ? 'payment' : 'payments'} of ${paid} won in all`,
      );
  }

  /** The newest order of all accounts, 0 if there is none. */
  async newestOrder(): Promise<number> {
    const { id, table, userId } = this.#profile.tables.orders;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      'SELECT COALESCE(MAX(??), 0) AS id FROM ?? WHERE ?? IN (?)',
      [...[id, table, userId, this.#userIds]],
    );
    return z.object({ id: number }).parse(rows[0]).id;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #amounts() {
    const { balances, products } = this.#profile.tables;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT 'account' AS kind, ?? AS amount FROM ?? WHERE ?? IN (?)
       UNION ALL SELECT 'product', ?? FROM ?? WHERE ?? IN (?)`,
      [
        ...[balances.balance, balances.table, balances.userId, this.#userIds],
        ...[products.stock, products.table, products.id, this.#productIds],
      ],
    );
    const read = rows.map((row) => z.object({ kind: z.string(), amount: number }).parse(row));
    return {
      accounts: read.filter(({ kind }) => kind === 'account'),
      products: read.filter(({ kind }) => kind === 'product'),
    };
  }
}
