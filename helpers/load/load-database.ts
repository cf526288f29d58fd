import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase } from '../database-connection.ts';
import { idFromTable, type Id } from '../ids.ts';
import { moneyCodec } from '../money-codec.ts';
import type { DatabaseSettings } from '../settings.ts';
import type { IdForm, TargetProfile } from '../target-profile/target-profile.ts';
import type { Depletion } from './load-part.ts';

const number = z.coerce.number();

/** Rows as the target has them, in the suite's forms: ids as its JSON says them, amounts in the smallest unit. */
const rowSchemas = ({ ids, money }: TargetProfile) => {
  const { fromTable } = moneyCodec(money);
  const value = z.union([z.number(), z.string()]);
  const amount = value.transform(fromTable);
  const idOf = (form: IdForm) => value.transform((id) => idFromTable(form, id));
  const userId = idOf(ids.user);
  const productId = idOf(ids.product);
  return {
    account: z.object({ userId, balance: amount, orders: number, payments: number, paid: amount }),
    product: z.object({ productId, price: amount, stock: number, taken: number }),
    price: z.object({ productId, price: amount }),
    holdings: z.object({
      balanceLowest: amount.nullable(),
      balanceTotal: amount.nullable(),
      stockLowest: number.nullable(),
      stockTotal: number.nullable(),
    }),
    oddOrder: z.object({
      orderId: idOf(ids.order),
      total: amount,
      status: z.coerce.string(),
      payments: number,
      paid: amount,
    }),
    balance: z.object({ kind: z.literal('account'), amount: amount }),
    stock: z.object({ kind: z.literal('product'), amount: number }),
  };
};

type RowSchemas = ReturnType<typeof rowSchemas>;

/** What the tables say of accounts and products, a row each however many orders there are; won and pieces. */
export interface Books {
  readonly accounts: readonly z.infer<RowSchemas['account']>[];
  readonly products: readonly z.infer<RowSchemas['product']>[];
}

const mostOddOrders = 5;

/**
 * The target's tables as a load run looks at them: it only reads, and in amounts that do not depend on the number of
 * orders.
 */
export class LoadDatabase {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;
  readonly #userIds: readonly Id[];
  readonly #productIds: readonly Id[];
  readonly #productsAreOwn: boolean;
  readonly #rows: RowSchemas;

  /** @param productsAreOwn whether nobody else can have ordered the products. */
  constructor(
    pool: Pool,
    profile: TargetProfile,
    userIds: readonly Id[],
    productIds: readonly Id[],
    productsAreOwn: boolean,
  ) {
    this.#pool = pool;
    this.#profile = profile;
    this.#userIds = userIds;
    this.#productIds = productIds;
    this.#productsAreOwn = productsAreOwn;
    this.#rows = rowSchemas(profile);
  }

  /** @throws UserError when the database cannot be reached. */
  static async connect(
    settings: DatabaseSettings,
    profile: TargetProfile,
    ids: { readonly userIds: readonly Id[]; readonly productIds: readonly Id[] },
    productsAreOwn: boolean,
  ): Promise<LoadDatabase> {
    return new LoadDatabase(await connectDatabase(settings), profile, ids.userIds, ids.productIds, productsAreOwn);
  }

  /** Lowest and total of balance and stock, at one instant. */
  async holdings(): Promise<z.infer<RowSchemas['holdings']>> {
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
    return this.#rows.holdings.parse(rows[0]);
  }

  /** The rows of one account and one product, as far as they are there. */
  async rowsOf(userId: Id, productId: Id): Promise<{ balance?: number; stock?: number }> {
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
  async prices(): Promise<{ productId: Id; price: number }[]> {
    const { id, price, table } = this.#profile.tables.products;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      'SELECT ?? AS productId, ?? AS price FROM ?? WHERE ?? IN (?)',
      [...[id, price, table, id, this.#productIds]],
    );
    return rows.map((row) => this.#rows.price.parse(row));
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
         FROM ?? o LEFT JOIN ?? p ON p.?? = o.??${this.#succeeded.condition} WHERE o.?? IN (?) GROUP BY o.??
       ) o ON o.owner = b.?? WHERE b.?? IN (?)`,
      [
        ...[balances.userId, balances.balance, balances.table],
        ...[orders.userId, orders.id, payments.id, payments.amount, orders.table, payments.table],
        ...[payments.orderId, orders.id, ...this.#succeeded.values, orders.userId, this.#userIds, orders.userId],
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
      accounts: accounts.map((row) => this.#rows.account.parse(row)),
      products: goods.map((row) => this.#rows.product.parse(row)),
    };
  }

  /** Orders whose payments are not as they must be: more than one, of another amount, or against the order's state. */
  async oddOrders(afterOrderId: Id | undefined): Promise<string[]> {
    const { orderStatus, tables } = this.#profile;
    const { orders, payments } = tables;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT o.?? AS orderId, o.?? AS total, o.?? AS status, COUNT(p.??) AS payments, COALESCE(SUM(p.??), 0) AS paid
       FROM ?? o LEFT JOIN ?? p ON p.?? = o.??${this.#succeeded.condition} WHERE o.?? IN (?) AND (? OR o.?? > ?) GROUP BY o.??, o.??, o.??
       HAVING payments > 1 OR (payments = 1 AND paid <> total) OR (payments = 1) <> (status = ?) LIMIT ?`,
      [
        ...[orders.id, orders.total, orders.status, payments.id, payments.amount],
        ...[orders.table, payments.table, payments.orderId, orders.id, ...this.#succeeded.values, orders.userId],
        this.#userIds,
        ...[
          afterOrderId === undefined,
          orders.id,
          afterOrderId ?? 0,
          orders.id,
          orders.total,
          orders.status,
          orderStatus.paid,
          mostOddOrders,
        ],
      ],
    );
    return rows
      .map((row) => this.#rows.oddOrder.parse(row))
      .map(
        ({ orderId, total, status, payments: made, paid }) =>
          `order ${orderId} of ${total} won is ${status} and has ${made} ${made === 1 ? 'payment' : 'payments'} of ${paid} won in all`,
      );
  }

  /** The newest order of all accounts, or nothing if there is none or its id does not say when it was made. */
  async newestOrder(): Promise<Id | undefined> {
    if (this.#profile.ids.order === 'string') return undefined;
    const { id, table, userId } = this.#profile.tables.orders;
    const [rows] = await this.#pool.query<RowDataPacket[]>('SELECT MAX(??) AS id FROM ?? WHERE ?? IN (?)', [
      ...[id, table, userId, this.#userIds],
    ]);
    return z.object({ id: number.nullable() }).parse(rows[0]).id ?? undefined;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** Leaves failed attempts aside where they are rows of the payments' table. */
  get #succeeded(): { condition: string; values: string[] } {
    const { succeeded } = this.#profile.tables.payments;
    return succeeded
      ? { condition: ' AND p.?? = ?', values: [succeeded.column, succeeded.value] }
      : { condition: '', values: [] };
  }

  async #amounts() {
    const { balances, products } = this.#profile.tables;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT 'account' AS kind, CAST(?? AS CHAR) AS amount FROM ?? WHERE ?? IN (?)
       UNION ALL SELECT 'product', CAST(?? AS CHAR) FROM ?? WHERE ?? IN (?)`,
      [
        ...[balances.balance, balances.table, balances.userId, this.#userIds],
        ...[products.stock, products.table, products.id, this.#productIds],
      ],
    );
    const { balance, stock } = this.#rows;
    return {
      accounts: rows.flatMap((row) => balance.safeParse(row).data ?? []),
      products: rows.flatMap((row) => stock.safeParse(row).data ?? []),
    };
  }
}
