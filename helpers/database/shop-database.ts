import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'mysql2/promise';
import { connectDatabase, retryingOnDeadlock } from './connection/database-connection.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import type { Contact } from '../api/login/fixed-headers.ts';
import { ExactBalances } from './rows/exact-balances.ts';
import { gatedRows, type NeededRow } from './locks/gated-row.ts';
import { Gate, type GatedRow } from './locks/gate.ts';
import type { Id } from '../profile/ids.ts';
import { takeProcessLock, type ProcessLock } from './locks/process-lock.ts';
import type { LeaseNotes } from './rows/lease-notes.ts';
import { offered } from '../profile/endpoint-forms.ts';
import { briefState, type BriefState } from '../ledger/brief-state.ts';
import { NotedBalances } from './rows/noted-balances.ts';
import { readLedger, type LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { moneyCodec, type MoneyCodec } from '../profile/money-codec.ts';
import type { Field } from '../text/json.ts';
import { contactOf } from './rows/contact-of.ts';
import { existingIds } from './rows/existing-ids.ts';
import { OwnRows, type Account, type Product } from './rows/own-rows.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { orphanedOrderLines } from './rows/orphaned-order-lines.ts';
import { readTableStructure, type TableStructure } from './structure/table-structure.ts';
import type { KeyedCall } from '../profile/tables.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { CreationOrder } from '../api/creation-order.ts';
import { UserKeys, type KeptKeys } from './rows/user-keys.ts';
import { assertMayWrite } from './connection/assert-may-write.ts';

type Value = number | string;

const reconnectPauseMs = 50;

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
  readonly #money: MoneyCodec;
  readonly #own: OwnRows;
  readonly #keys: UserKeys;
  readonly #exactBalances: ExactBalances;
  readonly #told = new CreationOrder();

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
    this.#keys = new UserKeys(pool, structure, profile.tables, (userId) => this.leaseNotes?.keysFoundOf(userId));
    this.#money = moneyCodec(profile.money);
    this.#exactBalances = new ExactBalances(pool, profile);
    this.notedBalances = new NotedBalances(profile);
    this.#own = new OwnRows({ pool, profile, structure, processLock, notedBalances: this.notedBalances });
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
  insertAccount(account: { name: string; balance: number }): Promise<Account> {
    return this.#own.insertAccount(account);
  }

  insertProduct(product: { name: string; price: number; stock: number }): Promise<Product> {
    return this.#own.insertProduct(product);
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
  contactOf(userId: Field): Promise<Contact> {
    return contactOf(this.pool, this.profile.tables, userId);
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
  existingIds(kind: 'user' | 'product', ids: readonly Id[]): Promise<Id[]> {
    return existingIds(this.pool, this.profile, kind, ids);
  }

  /** Returns the same in brief, as `briefState` does. */
  async stateOf(accounts: readonly { userId: Id }[], products: readonly { productId: Id }[] = []): Promise<BriefState> {
    return briefState(this.profile, await this.ledger(accounts, products), accounts, products, this.#told);
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

  /** Removes accounts, and what the target has made for the users who do not exist whom tests derive from them. */
  async removeAccounts(accounts: readonly { userId: Id }[]): Promise<void> {
    await this.#own.removeAccounts(accounts);
    // Their orders may have taken pieces of a leased product: what is not put back is not hidden either.
    if (!this.leaseNotes) await this.#own.removeRowsOfAbsentUsers(accounts);
  }

  removeOrdersOf(accounts: readonly { userId: Id }[]): Promise<void> {
    return this.#own.removeOrdersOf(accounts);
  }

  removeProducts(products: readonly { productId: Id }[]): Promise<void> {
    return this.#own.removeProducts(products);
  }

  /** Removes the rows of killed runs. @returns the number of accounts and products. */
  removeAbandonedRows(): Promise<{ accounts: number; products: number }> {
    return this.#own.removeAbandoned();
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
