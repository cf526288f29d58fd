import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { abandonedIds } from './rows/abandoned-ids.ts';
import { connectDatabase, retryingOnDeadlock } from './connection/database-connection.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import type { Contact } from '../api/login/fixed-headers.ts';
import { ExactBalances } from './rows/exact-balances.ts';
import { gatedRows, type NeededRow } from './locks/gated-row.ts';
import { Gate, type GatedRow } from './locks/gate.ts';
import { idFromTable, idSchema, type Id } from '../profile/ids.ts';
import { takeProcessLock, type ProcessLock } from './locks/process-lock.ts';
import type { LeaseNotes } from './rows/lease-notes.ts';
import { isMissing, offered } from '../profile/endpoint-forms.ts';
import { moneyReserved } from '../ledger/taken.ts';
import { NotedBalances } from './rows/noted-balances.ts';
import { readLedger, type LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { orderStateOf } from '../profile/order-state.ts';
import { moneyCodec, type MoneyCodec } from '../profile/money-codec.ts';
import type { Field } from '../text/json.ts';
import { RowInsertion } from './rows/row-insertion.ts';
import { RowRemoval } from './rows/row-removal.ts';
import { omitUndefined } from '../settings/omit-undefined.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { orphanedOrderLines } from './rows/orphaned-order-lines.ts';
import { readTableStructure, type TableStructure } from './structure/table-structure.ts';
import type { KeyedCall } from '../profile/tables.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { CreationOrder } from '../api/creation-order.ts';
import { UserKeys, type KeptKeys } from './rows/user-keys.ts';
import { assertMayWrite } from './connection/write-permission.ts';

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

type Value = number | string;

const rowSchema = z.object({ id: idSchema });

const contactSchema = z.object({ name: z.string().nullish(), email: z.string().nullish() });

const reconnectPauseMs = 50;

const emailDomain = 'order-pay.invalid';

/**
 * The target's database, known only through its profile: inserts this process's own accounts and products, reads the
 * ledger, and removes everything again. All amounts in won.
 */
export class ShopDatabase {
  readonly profile: TargetProfile;
  /** Its address: `127.0.0.1:3306/ecommerce`. */
  readonly place: string;
  readonly name: string;
  readonly pool: Pool;
  readonly structure: TableStructure;
  readonly processLock: ProcessLock;
  /** Notes the changes to leased rows, where some are leased. */
  leaseNotes: LeaseNotes | undefined;
  /** Stands for balances where users hold none. */
  readonly notedBalances: NotedBalances;
  readonly #removal: RowRemoval;
  readonly #money: MoneyCodec;
  readonly #insertion: RowInsertion;
  readonly #keys: UserKeys;
  readonly #exactBalances: ExactBalances;
  readonly #told = new CreationOrder();
  #inserted = 0;

  private constructor(
    settings: DatabaseSettings,
    pool: Pool,
    profile: TargetProfile,
    structure: TableStructure,
    processLock: ProcessLock,
  ) {
    this.place = `${settings.host}:${settings.port}/${settings.name}`;
    this.name = settings.name;
    this.pool = pool;
    this.profile = profile;
    this.structure = structure;
    this.processLock = processLock;
    this.#insertion = new RowInsertion(pool, structure);
    this.#removal = new RowRemoval(pool, profile, structure);
    this.#keys = new UserKeys(pool, structure, profile.tables, (userId) => this.leaseNotes?.keysFoundOf(userId));
    this.#money = moneyCodec(profile.money);
    this.#exactBalances = new ExactBalances(pool, profile);
    this.notedBalances = new NotedBalances(profile);
  }

  /**
   * Connects, with a process lock that marks the rows to come.
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
    const structure = await readTableStructure(pool, profile.tables);
    return new ShopDatabase(settings, pool, profile, structure, await takeProcessLock(pool));
  }

  /** Inserts a user with a balance, or neither of them. */
  async insertAccount({ name, balance }: { name: string; balance: number }): Promise<Account> {
    const { users, balances } = this.profile.tables;
    const mark = this.#mark();
    const held = offered(balances);
    const holding = held && { [held.balance]: this.#money.toTable(balance), ...held.fixed };
    const user = {
      ...(users.name !== undefined && {
        [users.name]: this.#written(users, users.email === undefined ? `${name} #${mark}` : name),
      }),
      ...(users.email !== undefined && { [users.email]: `${mark}@${emailDomain}` }),
      ...users.fixed,
      ...(held?.table === users.table && holding),
    };
    const id = await this.#insertion.insert(users.table, users.id, user);
    if (held && held.table !== users.table) {
      try {
        // A trigger may have inserted the row already.
        await this.#insertion.insert(held.table, held.userId, { [held.userId]: id, ...holding }, holding);
      } catch (error) {
        await this.#removal.removeAccounts([id]).catch(() => undefined);
        throw error;
      }
    }
    const userId = idFromTable(this.profile.ids.user, id);
    this.notedBalances.add(userId, balance);
    return { userId, name, balance };
  }

  /** Inserts a product. */
  async insertProduct({ name, price, stock }: { name: string; price: number; stock: number }): Promise<Product> {
    const { products } = this.profile.tables;
    const marked = this.#written(products, `${name} #${this.#mark()}`);
    const id = await this.#insertion.insert(products.table, products.id, {
      [products.name]: marked,
      [products.price]: this.#money.toTable(price),
      [products.stock]: stock,
      ...products.fixed,
    });
    return { productId: idFromTable(this.profile.ids.product, id), name: marked, price, stock };
  }

  /** Returns a name in letters that its column can hold: of a legacy character set, all others are left out. */
  #written({ table, name: column = '' }: { readonly table: string; readonly name?: string }, name: string): string {
    return this.structure.isOfFewLetters(table, column) ? name.replaceAll(/[^ -~]/g, '').trim() || 'Name' : name;
  }

  /** Adds an amount, which may be negative, to a balance; concurrent changes are kept. */
  async addToBalance({ userId }: { userId: Id }, amount: number): Promise<void> {
    this.notedBalances.add(userId, amount);
    const held = offered(this.profile.tables.balances);
    if (!held) return;
    const { table, userId: id, balance } = held;
    const values = [table, balance, balance, this.#money.toTable(amount), id, userId];
    await this.#noting('balance', userId, amount, () => this.#update('UPDATE ?? SET ?? = ?? + ? WHERE ?? = ?', values));
  }

  /** Returns a balance in the smallest unit, however large it is. */
  exactBalance({ userId }: { userId: Id }): Promise<bigint> {
    return this.#exactBalances.read(userId);
  }

  /** Sets a balance of no leased user, however large. @returns the value as the column takes it. */
  setExactBalance({ userId }: { userId: Id }, amount: bigint): Promise<string> {
    return this.#exactBalances.set(userId, amount);
  }

  /** Returns the largest balance that the column holds, as `ExactBalances.largest` does. */
  largestBalance(): Promise<bigint | undefined> {
    return this.#exactBalances.largest();
  }

  /** Removes the row of a balance, and leaves its user. Only for users whom the suite inserted. */
  async removeBalance({ userId }: { userId: Id }): Promise<void> {
    const { users, balances } = this.profile.tables;
    const held = offered(balances);
    if (!held || held.table === users.table) throw new Error('Balances are no table of their own');
    await this.#update('DELETE FROM ?? WHERE ?? = ?', [held.table, held.userId, userId]);
  }

  /** Adds a number of pieces, which may be negative, to a stock; concurrent changes are kept. */
  async addToStock({ productId }: { productId: Id }, pieces: number): Promise<void> {
    const { table, id, stock } = this.profile.tables.products;
    const values = [table, stock, stock, pieces, id, productId];
    await this.#noting('stock', productId, pieces, () =>
      this.#update('UPDATE ?? SET ?? = ?? + ? WHERE ?? = ?', values),
    );
  }

  async setPrice({ productId }: { productId: Id }, price: number): Promise<void> {
    const { table, id, price: column } = this.profile.tables.products;
    this.leaseNotes?.pricing(productId, price);
    await this.#update('UPDATE ?? SET ?? = ? WHERE ?? = ?', [table, column, this.#money.toTable(price), id, productId]);
  }

  /** Sets the status of an order, to a word of the target's. */
  async setOrderStatus({ orderId }: { orderId: Id }, word: string): Promise<void> {
    const { table, id, status } = this.profile.tables.orders;
    await this.#update('UPDATE ?? SET ?? = ? WHERE ?? = ?', [table, status, word, id, orderId]);
  }

  /** Returns the existing key tables of a call, with the number of a user's rows in each. */
  keyRows(account: { userId: Id }, call: KeyedCall): Promise<KeptKeys[]> {
    return this.#keys.rows(account, call);
  }

  /** Lets a user's keys of a call expire. @returns their number, as `UserKeys.expire` does. */
  expireKeys(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#keys.expire(account, call);
  }

  /** Leaves a user's keys of a call an hour until they expire. @returns their number, as `UserKeys.shorten` does. */
  shortenKeys(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#keys.shorten(account, call);
  }

  /** Removes a user's keys of a call. @returns their number, as `UserKeys.purge` does. */
  purgeKeys(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#keys.purge(account, call);
  }

  /** Makes a user's keys of a call a minute older. @returns their number, as `UserKeys.age` does. */
  ageKeys(account: { userId: Id }, call: KeyedCall): Promise<number> {
    return this.#keys.age(account, call);
  }

  /** Notes the order and payment that an answer names, since ids such as UUIDs do not show which came first. */
  noteAnswer({ answer }: Pick<Exchange, 'answer'>): void {
    this.#told.note(answer);
  }

  /** Returns name and e-mail address of a user, where the profile names their columns. */
  async contactOf(userId: Field): Promise<Contact> {
    const { table, id, ...columns } = this.profile.tables.users;
    const named = (['name', 'email'] as const).flatMap((what) => (columns[what] === undefined ? [] : [what]));
    if (named.length === 0 || (typeof userId !== 'number' && typeof userId !== 'string')) return {};
    const [rows] = await this.pool.query<RowDataPacket[]>(
      `SELECT ${named.map(() => '?? AS ??').join(', ')} FROM ?? WHERE ?? = ?`,
      [...named.flatMap((what) => [columns[what], what]), table, id, userId],
    );
    const { name, email } = contactSchema.safeParse(rows[0]).data ?? {};
    return omitUndefined({ name: name ?? undefined, email: email ?? undefined });
  }

  /** Returns all rows of some accounts and products at one instant, without orders from before a lease. */
  async ledger(accounts: readonly { userId: Id }[], products: readonly { productId: Id }[]): Promise<LedgerSnapshot> {
    const ledger = await readLedger(
      this.pool,
      this.profile,
      accounts.map(({ userId }) => userId),
      products.map(({ productId }) => productId),
    );
    return this.notedBalances.in(this.leaseNotes?.withoutEarlierOrders(ledger) ?? ledger);
  }

  /** Returns the lines of some products whose order does not exist, a sentence each; leased products are left out. */
  orphanedOrderLines(products: readonly { productId: Id }[]): Promise<string[]> {
    const own = products
      .map(({ productId }) => productId)
      .filter((productId) => !this.leaseNotes?.isLeasedProduct(productId));
    return orphanedOrderLines(this.pool, this.profile, this.structure, own);
  }

  /** Returns those of some ids that belong to users, with a balance where there are some, or to products. */
  async existingIds(kind: 'user' | 'product', ids: readonly Id[]): Promise<Id[]> {
    const { users, balances, products } = this.profile.tables;
    const { table: holders, userId } = offered(balances) ?? { table: users.table, userId: users.id };
    const [table, column] = kind === 'user' ? [holders, userId] : [products.table, products.id];
    if (ids.length === 0) return [];
    const [rows] = await this.pool.query<RowDataPacket[]>('SELECT ?? AS id FROM ?? WHERE ?? IN (?) ORDER BY 1', [
      ...[column, table, column, ids],
    ]);
    return rows.map((row) => idFromTable(this.profile.ids[kind], rowSchema.parse(row).id));
  }

  /**
   * Returns the same in brief, for comparisons: balances and stock as requested, orders and payments as created. What the
   * orders have taken from a balance without a payment is counted as if it were still there.
   */
  async stateOf(
    accounts: readonly { userId: Id }[],
    products: readonly { productId: Id }[] = [],
  ): Promise<{ balances: number[]; stock: number[]; orders: string[]; payments: number[] }> {
    const ledger = await this.ledger(accounts, products);
    const payments = isMissing(this.profile.endpoints.pay) ? [] : ledger.payments;
    const reserved = moneyReserved(this.profile, ledger);
    return {
      balances: accounts.map(
        (one) =>
          (ledger.accounts.find(({ userId }) => userId === one.userId)?.balance ?? NaN) +
          (reserved.get(one.userId) ?? 0),
      ),
      stock: products.map((one) => ledger.products.find(({ productId }) => productId === one.productId)?.stock ?? NaN),
      orders: this.#told
        .inOrder(ledger.orders, ({ orderId }) => orderId)
        .map(({ status }) => orderStateOf(this.profile, status)),
      payments: this.#told.inOrder(payments, ({ paymentId }) => paymentId).map(({ amount }) => amount),
    };
  }

  /**
   * Locks rows, each of a balance, a user, an order or a product, so that requests which need them pile up behind; or the
   * gap of a future key, except in tables where that would lock the keys of all users.
   */
  holdRow(...rows: readonly NeededRow[]): Promise<Gate> {
    const isOneUsers = ({ isToCome = false, table, column }: GatedRow): boolean =>
      !isToCome || this.structure.indexOver(table, [column]) !== undefined;
    return Gate.hold(this.pool, ...rows.flatMap((row) => gatedRows(this.profile.tables, row)).filter(isOneUsers));
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
   * Removes the rows of killed runs.
   *
   * @returns the number of accounts and products.
   */
  async removeAbandonedRows(): Promise<{ accounts: number; products: number }> {
    const { users, products } = this.profile.tables;
    const userIds =
      users.email === undefined
        ? await abandonedIds(this.pool, users.table, users.id, users.name, '% #opl-%')
        : await abandonedIds(this.pool, users.table, users.id, users.email, `opl-%@${emailDomain}`);
    const productIds = await abandonedIds(this.pool, products.table, products.id, products.name, '% #opl-%');
    await this.#removal.removeAccounts(userIds);
    await this.#removal.removeProducts(productIds);
    return { accounts: userIds.length, products: productIds.length };
  }

  /**
   * Waits until the database answers again, whose server was started again, and takes the process lock anew.
   *
   * @throws Error where it does not answer within `maxMs` milliseconds.
   */
  async reconnect(maxMs: number): Promise<void> {
    const end = performance.now() + maxMs;
    for (;;) {
      try {
        await this.processLock.renew();
        return;
      } catch (error) {
        if (performance.now() > end) throw error;
      }
      await delay(reconnectPauseMs);
    }
  }

  /** Releases the process lock and disconnects. */
  async close(): Promise<void> {
    await this.processLock.release();
    await this.pool.end();
  }

  #mark(): string {
    return `${this.processLock.id}-${(this.#inserted += 1)}`;
  }

  /** Changes a row; where it is leased, the journal notes it before and after. */
  async #noting(to: 'balance' | 'stock', id: Id, amount: number, work: () => Promise<void>): Promise<void> {
    const done = this.leaseNotes?.adding(to, id, amount);
    await work();
    done?.();
  }

  async #update(statement: string, values: Value[]): Promise<void> {
    await retryingOnDeadlock(() => this.pool.query(statement, values));
  }
}
