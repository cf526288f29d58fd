import type { Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { connectDatabase, orNoneIfReferenced, retryingOnDeadlock } from './database-connection.ts';
import type { Exchange } from './exchange.ts';
import { Gate } from './gate.ts';
import { compareIds, idFromTable, type Id } from './ids.ts';
import { isAbandoned, leasePattern, takeLease, type Lease } from './lease.ts';
import { KeyRows } from './leases/key-rows.ts';
import type { LeaseJournal } from './leases/lease-journal.ts';
import { withoutEarlierOrders } from './leases/lease-state.ts';
import { readLedger, type LedgerSnapshot } from './ledger-snapshot.ts';
import { moneyCodec, type MoneyCodec } from './money-codec.ts';
import type { Field } from './request-body.ts';
import { RowRemoval } from './row-removal.ts';
import type { DatabaseSettings } from './settings.ts';
import { commonestValue, readTableStructure, type TableStructure } from './table-structure.ts';
import type { KeyedCall, Tables } from './target-profile/tables.ts';
import type { TargetProfile } from './target-profile/target-profile.ts';
import { assertMayWrite } from './write-permission.ts';

/** A user of the target that the suite inserted or leased. */
export interface Account {
  readonly userId: Id;
  readonly name: string;
  /** Balance that was seeded, in won. */
  readonly balance: number;
}

/** A product of the target that the suite inserted or leased. */
export interface Product {
  readonly productId: Id;
  readonly name: string;
  /** Price of one piece, in won. */
  readonly price: number;
  /** Pieces that were seeded. */
  readonly stock: number;
}

/** A table of idempotency keys, and how many rows a user has in it. */
export interface KeptKeys {
  readonly table: string;
  /** Whether only some of the targets that the profile describes have it. */
  readonly optional: boolean;
  readonly rows: number;
}

type Value = number | string;

const labelledSchema = z.object({ id: z.union([z.number(), z.string()]), label: z.string() });
const told = z.union([z.number(), z.string()]).optional().catch(undefined);
const toldSchema = z
  .object({ orderId: told, paymentId: told })
  .transform(({ orderId, paymentId }) => [orderId, paymentId]);

const idSchema = z.object({ id: z.union([z.number(), z.string()]) });

const emailDomain = 'order-pay.invalid';

/**
 * The target's database, known only through its profile: inserts accounts and products of this process's own, reads
 * the ledger, and removes everything again. All amounts in won.
 */
export class ShopDatabase {
  readonly profile: TargetProfile;
  /** Where it is, in words: `127.0.0.1:3306/ecommerce`. */
  readonly place: string;
  readonly name: string;
  readonly pool: Pool;
  readonly structure: TableStructure;
  readonly lease: Lease;
  /** Notes what is done to leased rows, where some are. */
  journal: LeaseJournal | undefined;
  readonly #removal: RowRemoval;
  readonly #money: MoneyCodec;
  /** Ids of orders and payments → when an answer first told of them. */
  #told = new Map<Id, number>();
  /** By table, what most rows had in columns that must be filled. */
  readonly #common = new Map<string, Promise<Readonly<Record<string, Value | Buffer>>>>();
  #inserted = 0;

  private constructor(
    settings: DatabaseSettings,
    pool: Pool,
    profile: TargetProfile,
    structure: TableStructure,
    lease: Lease,
  ) {
    this.place = `${settings.host}:${settings.port}/${settings.name}`;
    this.name = settings.name;
    this.pool = pool;
    this.profile = profile;
    this.structure = structure;
    this.lease = lease;
    this.#removal = new RowRemoval(pool, profile, structure);
    this.#money = moneyCodec(profile.money);
  }

  /**
   * Connects, with a lease for the rows to come.
   *
   * @throws UserError when the database cannot be reached or must not be written to.
   */
  static async connect(
    settings: DatabaseSettings,
    profile: TargetProfile,
    allowWritesTo?: string,
  ): Promise<ShopDatabase> {
    assertMayWrite(settings, allowWritesTo);
    const pool = await connectDatabase(settings);
    return new ShopDatabase(settings, pool, profile, await readTableStructure(pool), await takeLease(pool));
  }

  /** Inserts a user with a balance, or nothing at all. */
  async insertAccount({ name, balance }: { name: string; balance: number }): Promise<Account> {
    const { users, balances } = this.profile.tables;
    const mark = this.#mark();
    const held = { [balances.balance]: this.#money.toTable(balance), ...balances.fixed };
    const user = {
      ...(users.name !== undefined && { [users.name]: users.email === undefined ? `${name} #${mark}` : name }),
      ...(users.email !== undefined && { [users.email]: `${mark}@${emailDomain}` }),
      ...users.fixed,
      ...(balances.table === users.table && held),
    };
    const id = await this.#insert(users.table, users.id, user);
    if (balances.table !== users.table) {
      try {
        // The database itself may have made the row, as a trigger of the users does.
        await this.#insert(balances.table, balances.userId, { [balances.userId]: id, ...held }, held);
      } catch (error) {
        await this.#removal.removeAccounts([id]).catch(() => undefined);
        throw error;
      }
    }
    return { userId: idFromTable(this.profile.ids.user, id), name, balance };
  }

  /** Inserts a product. */
  async insertProduct({ name, price, stock }: { name: string; price: number; stock: number }): Promise<Product> {
    const { products } = this.profile.tables;
    const marked = `${name} #${this.#mark()}`;
    const id = await this.#insert(products.table, products.id, {
      [products.name]: marked,
      [products.price]: this.#money.toTable(price),
      [products.stock]: stock,
      ...products.fixed,
    });
    return { productId: idFromTable(this.profile.ids.product, id), name: marked, price, stock };
  }

  /** Adds to a balance, or takes from it; what others do to it meanwhile stays done. */
  async addToBalance({ userId }: { userId: Id }, amount: number): Promise<void> {
    const { table, userId: id, balance } = this.profile.tables.balances;
    const values = [table, balance, balance, this.#money.toTable(amount), id, userId];
    await this.#noting('balance', userId, amount, () => this.#update('UPDATE ?? SET ?? = ?? + ? WHERE ?? = ?', values));
  }

  /** Adds to a stock, or takes from it; what others do to it meanwhile stays done. */
  async addToStock({ productId }: { productId: Id }, pieces: number): Promise<void> {
    const { table, id, stock } = this.profile.tables.products;
    const values = [table, stock, stock, pieces, id, productId];
    await this.#noting('stock', productId, pieces, () =>
      this.#update('UPDATE ?? SET ?? = ?? + ? WHERE ?? = ?', values),
    );
  }

  async setPrice({ productId }: { productId: Id }, price: number): Promise<void> {
    const { table, id, price: column } = this.profile.tables.products;
    this.journal?.note({ event: 'pricing', id: productId, price });
    await this.#update('UPDATE ?? SET ?? = ? WHERE ?? = ?', [table, column, this.#money.toTable(price), id, productId]);
  }

  /** The tables there are in which a call's keys are kept, and how many rows a user has in each. */
  async keyRows({ userId }: { userId: Id }, call: KeyedCall): Promise<KeptKeys[]> {
    const rows = new KeyRows(this.pool, this.structure);
    return Promise.all(
      this.#keyTablesOf(call)
        .filter(({ table }) => this.structure.tables.has(table))
        .map(async (keys) => ({
          table: keys.table,
          optional: keys.optional ?? false,
          rows: await rows.count(keys, userId),
        })),
    );
  }

  /**
   * Lets a user's keys of a call expire, a year ago, and with them others in the same table; of a leased user only the
   * new ones.
   *
   * @returns how many did.
   */
  async expireKeys({ userId }: { userId: Id }, call: KeyedCall): Promise<number> {
    const found = this.journal?.state.users.get(String(userId))?.found;
    const rows = new KeyRows(this.pool, this.structure);
    let expired = 0;
    for (const keys of this.#keyTablesOf(call)) {
      if (keys.expiresAt === undefined || !this.structure.columns.has(`${keys.table}.${keys.expiresAt}`)) continue;
      expired += await rows.expireBut(found && (found.keys[keys.table] ?? []), keys, userId);
    }
    return expired;
  }

  /**
   * Removes a user's keys of a call, as a housekeeping job of the target might, and with them others in the same table;
   * of a leased user only the new ones.
   *
   * @returns how many there were; 0 where the target itself could not, as something points at them.
   */
  async purgeKeys({ userId }: { userId: Id }, call: KeyedCall): Promise<number> {
    const found = this.journal?.state.users.get(String(userId))?.found;
    const rows = new KeyRows(this.pool, this.structure);
    let removed = 0;
    for (const keys of this.#keyTablesOf(call)) {
      removed += await orNoneIfReferenced(rows.removeBut(found && (found.keys[keys.table] ?? []), keys, userId));
    }
    return removed;
  }

  /** Notes the order and payment that an answer tells of, since ids such as UUIDs do not say which came first. */
  noteAnswer({ answer }: Pick<Exchange, 'answer'>): void {
    for (const id of toldSchema.safeParse(answer).data ?? []) {
      if (typeof id === 'string' && !this.#told.has(id)) this.#told.set(id, this.#told.size);
    }
  }

  /** The e-mail address of a user, where the profile names its column. */
  async emailOf(userId: Field): Promise<string | undefined> {
    const { table, id, email } = this.profile.tables.users;
    if (email === undefined || (typeof userId !== 'number' && typeof userId !== 'string')) return undefined;
    const [rows] = await this.pool.query<RowDataPacket[]>('SELECT ?? AS email FROM ?? WHERE ?? = ?', [
      ...[email, table, id, userId],
    ]);
    return z.object({ email: z.string() }).safeParse(rows[0]).data?.email;
  }

  /** Everything that the tables say of some accounts and products, at one instant; no orders from before a lease. */
  async ledger(accounts: readonly { userId: Id }[], products: readonly { productId: Id }[]): Promise<LedgerSnapshot> {
    const ledger = await readLedger(
      this.pool,
      this.profile,
      accounts.map(({ userId }) => userId),
      products.map(({ productId }) => productId),
    );
    return this.journal ? withoutEarlierOrders(ledger, this.journal.state) : ledger;
  }

  /** Of some ids, those of users that have a balance, or of products. */
  async idsThere(kind: 'user' | 'product', ids: readonly Id[]): Promise<Id[]> {
    const { balances, products } = this.profile.tables;
    const [table, column] = kind === 'user' ? [balances.table, balances.userId] : [products.table, products.id];
    if (ids.length === 0) return [];
    const [rows] = await this.pool.query<RowDataPacket[]>('SELECT ?? AS id FROM ?? WHERE ?? IN (?) ORDER BY 1', [
      ...[column, table, column, ids],
    ]);
    return rows.map((row) => idFromTable(this.profile.ids[kind], idSchema.parse(row).id));
  }

  /** The same in brief, for comparing: balances and stock in the order asked for, orders and payments as they came. */
  async stateOf(
    accounts: readonly { userId: Id }[],
    products: readonly { productId: Id }[] = [],
  ): Promise<{ balances: number[]; stock: number[]; orders: string[]; payments: number[] }> {
    const ledger = await this.ledger(accounts, products);
    const { orderStatus } = this.profile;
    const words = Object.entries(orderStatus);
    return {
      balances: accounts.map((one) => ledger.accounts.find(({ userId }) => userId === one.userId)?.balance ?? NaN),
      stock: products.map((one) => ledger.products.find(({ productId }) => productId === one.productId)?.stock ?? NaN),
      orders: this.#inOrder(ledger.orders, ({ orderId }) => orderId).map(
        ({ status }) => words.find(([, word]) => word === status)?.[0] ?? status,
      ),
      payments: this.#inOrder(ledger.payments, ({ paymentId }) => paymentId).map(({ amount }) => amount),
    };
  }

  /** Holds the row of a balance, an order or a product, so that requests which need it pile up behind. */
  holdRow(
    row:
      | { balanceOf: { userId: Id } }
      | { user: { userId: Id } }
      | { order: { orderId: Id } }
      | { product: { productId: Id } },
  ): Promise<Gate> {
    const { users, balances, orders, products } = this.profile.tables;
    if ('user' in row) return Gate.hold(this.pool, { table: users.table, column: users.id, id: row.user.userId });
    if ('balanceOf' in row) {
      return Gate.hold(this.pool, { table: balances.table, column: balances.userId, id: row.balanceOf.userId });
    }
    return 'order' in row
      ? Gate.hold(this.pool, { table: orders.table, column: orders.id, id: row.order.orderId })
      : Gate.hold(this.pool, { table: products.table, column: products.id, id: row.product.productId });
  }

  async removeAccounts(accounts: readonly { userId: Id }[]): Promise<void> {
    await this.#removal.removeAccounts(accounts.map(({ userId }) => userId));
  }

  async removeOrdersOf(accounts: readonly { userId: Id }[]): Promise<void> {
    await this.#removal.removeOrdersOf(accounts.map(({ userId }) => userId));
  }

  async removeProducts(products: readonly { productId: Id }[]): Promise<void> {
    await this.#removal.removeProducts(products.map(({ productId }) => productId));
  }

  /**
   * Removes what runs that were killed have left behind.
   *
   * @returns how many accounts and products that were.
   */
  async removeAbandonedRows(): Promise<{ accounts: number; products: number }> {
    const { users, products } = this.profile.tables;
    const userIds =
      users.email === undefined
        ? await this.#abandoned(users.table, users.id, users.name, '% #opl-%')
        : await this.#abandoned(users.table, users.id, users.email, `opl-%@${emailDomain}`);
    const productIds = await this.#abandoned(products.table, products.id, products.name, '% #opl-%');
    await this.#removal.removeAccounts(userIds);
    await this.#removal.removeProducts(productIds);
    return { accounts: userIds.length, products: productIds.length };
  }

  /** Releases the lease and disconnects. */
  async close(): Promise<void> {
    await this.lease.release();
    await this.pool.end();
  }

  #keyTablesOf(call: KeyedCall): Tables['keys'] {
    return this.profile.tables.keys.filter(({ of }) => of === undefined || of.includes(call));
  }

  async #abandoned(table: string, id: string, label: string | undefined, pattern: string): Promise<Id[]> {
    if (label === undefined) return [];
    const [rows] = await this.pool.query<RowDataPacket[]>('SELECT ?? AS id, ?? AS label FROM ?? WHERE ?? LIKE ?', [
      id,
      label,
      table,
      label,
      pattern,
    ]);
    const labelled = rows.map((row) => labelledSchema.parse(row));
    const leases = new Map<string, boolean>();
    const abandoned: Id[] = [];
    for (const row of labelled) {
      const lease = leasePattern.exec(row.label)?.[1];
      if (lease === undefined) continue;
      const free = leases.get(lease) ?? (await isAbandoned(this.pool, lease));
      leases.set(lease, free);
      if (free) abandoned.push(row.id);
    }
    return abandoned;
  }

  #mark(): string {
    return `${this.lease.id}-${(this.#inserted += 1)}`;
  }

  /** Rows in the order in which they came about: numbers count up, other ids as answers told of them. */
  #inOrder<Row>(rows: readonly Row[], idOf: (row: Row) => Id): Row[] {
    const place = (id: Id): number => this.#told.get(id) ?? Infinity;
    return rows.toSorted((one, other) => {
      const [id, otherId] = [idOf(one), idOf(other)];
      const [at, otherAt] = [place(id), place(otherId)];
      return typeof id === 'string' && at !== otherAt ? at - otherAt : compareIds(id, otherId);
    });
  }

  /**
   * @param otherwise what is changed of the row where there is one already.
   * @returns the id of the row.
   */
  async #insert(
    table: string,
    id: string,
    values: Readonly<Record<string, Value>>,
    otherwise?: Readonly<Record<string, Value>>,
  ): Promise<Id> {
    const own = id in values ? undefined : this.structure.newId(table, id);
    const given = {
      ...(await this.#commonValues(table, values)),
      ...(own !== undefined && { [id]: own }),
      ...values,
    };
    const fillers = this.structure.requiredColumns(table).filter(({ name }) => !(name in given));
    const columns = [...Object.keys(given), ...fillers.map(({ name }) => name)];
    const placeholders = [...Object.keys(given).map(() => '?'), ...fillers.map(({ filler }) => filler)];
    const [result] = await retryingOnDeadlock(() =>
      this.pool.query<ResultSetHeader>(
        `INSERT INTO ?? (??) VALUES (${placeholders.join(', ')})${otherwise ? ' ON DUPLICATE KEY UPDATE ?' : ''}`,
        [table, columns, ...Object.values(given), ...(otherwise ? [otherwise] : [])],
      ),
    );
    return values[id] ?? own ?? result.insertId;
  }

  /** What most rows of a table have in the columns that must be filled, where that is no more than a guess. */
  #commonValues(
    table: string,
    values: Readonly<Record<string, Value>>,
  ): Promise<Readonly<Record<string, Value | Buffer>>> {
    const read = async (): Promise<Readonly<Record<string, Value | Buffer>>> => {
      const guessed = this.structure.requiredColumns(table).filter(({ name, isGuess }) => isGuess && !(name in values));
      const common = guessed.map(async ({ name }) => ({ name, value: await commonestValue(this.pool, table, name) }));
      return Object.fromEntries(
        (await Promise.all(common)).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      );
    };
    // Asked for once: later on most rows may be this run's own.
    const found = this.#common.get(table) ?? read();
    this.#common.set(table, found);
    return found;
  }

  /** Does something to a row; where it is leased, the journal knows before and after. */
  async #noting(to: 'balance' | 'stock', id: Id, amount: number, work: () => Promise<void>): Promise<void> {
    const { journal } = this;
    const row = (to === 'balance' ? journal?.state.users : journal?.state.products)?.get(String(id));
    if (!journal || !row?.found) return work();
    const nth = journal.state.nextNth();
    journal.note({ event: 'adding', to, id, amount, nth });
    await work();
    journal.note({ event: 'added', nth, isDone: true });
  }

  async #update(statement: string, values: Value[]): Promise<void> {
    await retryingOnDeadlock(() => this.pool.query(statement, values));
  }
}
