import { isDeepStrictEqual } from 'node:util';
import type { Contact } from '../../api/login/fixed-headers.ts';
import type { Id } from '../../profile/ids.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { comparableKey, type Field } from '../../text/json.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import type { Gate } from '../../database/locks/gate.ts';
import type { NeededRow } from '../../database/locks/gated-row.ts';
import { missingRights, type MissingRights } from '../../database/structure/missing-rights.ts';
import { ShopDatabase } from '../../database/shop-database.ts';
import type { Account, Product } from '../../database/rows/own-rows.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

/**
 * The check's own accounts and products, with all rows of the target that refer to them. No other file knows where they
 * come from.
 */
export class RowsOfCheck {
  readonly #settings: DatabaseSettings;
  readonly #allowWritesTo: string | undefined;
  /** The last one is in use; the others hold the process locks of rows that they inserted. */
  readonly #databases: ShopDatabase[] = [];
  readonly #accounts: Account[] = [];
  readonly #products: Product[] = [];
  /** True when an account may be incomplete: a user without a balance. */
  #hasHalves = false;

  private constructor(settings: DatabaseSettings, allowWritesTo: string | undefined) {
    this.#settings = settings;
    this.#allowWritesTo = allowWritesTo;
  }

  /** Connects. @throws UserError when the database cannot be reached or must not be written to. */
  static async connect(
    settings: DatabaseSettings,
    profile: TargetProfile,
    allowWritesTo: string | undefined,
  ): Promise<RowsOfCheck> {
    const rows = new RowsOfCheck(settings, allowWritesTo);
    await rows.useProfile(profile);
    return rows;
  }

  /** Continues with a profile that has been corrected. */
  async useProfile(profile: TargetProfile): Promise<void> {
    const current = this.#databases.at(-1)?.profile;
    const same = (['ids', 'money', 'tables', 'orderStatus'] as const).every((part) =>
      isDeepStrictEqual(current?.[part], profile[part]),
    );
    if (!same) this.#databases.push(await ShopDatabase.connect(this.#settings, profile, this.#allowWritesTo));
  }

  get #database(): ShopDatabase {
    const current = this.#databases.at(-1);
    if (!current) throw new Error('The database is not connected.');
    return current;
  }

  /** Returns what the database user may not do, and what to do about that; undefined where nothing is missing. */
  missingRights(): Promise<MissingRights | undefined> {
    return missingRights(this.#database, { insertsUsers: true, insertsProducts: true });
  }

  async insertAccount(account: { name: string; balance: number }): Promise<Account> {
    this.#hasHalves = true;
    const inserted = await this.#database.insertAccount(account);
    this.#hasHalves = false;
    this.#accounts.push(inserted);
    return inserted;
  }

  async insertProduct(product: { name: string; price: number; stock: number }): Promise<Product> {
    const inserted = await this.#database.insertProduct(product);
    this.#products.push(inserted);
    return inserted;
  }

  /** Returns the price of a product of the check. */
  priceOf(productId: unknown): number | undefined {
    return this.#products.findLast((product) => comparableKey(product.productId) === comparableKey(productId))?.price;
  }

  addToBalance(account: { userId: Id }, amount: number): Promise<void> {
    return this.#database.addToBalance(account, amount);
  }

  /** Locks a row of the check, so that requests which need it wait. */
  holdRow(row: NeededRow): Promise<Gate> {
    return this.#database.holdRow(row);
  }

  contactOf(userId: Field): Promise<Contact> {
    return this.#database.contactOf(userId);
  }

  /** Returns all rows of these accounts and products. */
  ledger(): Promise<LedgerSnapshot> {
    return this.#database.ledger(this.#accounts, this.#products);
  }

  /** Removes the rows of killed checks. @returns the number of accounts and products. */
  async removeAbandoned(): Promise<number> {
    const { accounts, products } = await this.#database.removeAbandonedRows();
    return accounts + products;
  }

  /** Removes all of them with their orders and payments. @returns how many there were, and how many are left. */
  async removeAll(): Promise<{ accounts: number; products: number; left: number }> {
    const counts = { accounts: this.#accounts.length, products: this.#products.length };
    await this.#database.removeAccounts(this.#accounts);
    await this.#database.removeProducts(this.#products);
    const { accounts, products, orders, payments } = await this.ledger();
    return { ...counts, left: accounts.length + products.length + orders.length + payments.length };
  }

  /** Disconnects. Rows that are left then count as abandoned, and incomplete accounts are removed as such. */
  async close(): Promise<void> {
    const profile = this.#databases.at(-1)?.profile;
    await Promise.allSettled(this.#databases.splice(0).map((database) => database.close()));
    if (!this.#hasHalves || !profile) return;
    const sweeper = await ShopDatabase.connect(this.#settings, profile, this.#allowWritesTo);
    await sweeper.removeAbandonedRows();
    await sweeper.close();
  }
}
