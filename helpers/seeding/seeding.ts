import type { Id } from '../profile/ids.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import type { ShopDatabase } from '../database/shop-database.ts';
import type { Account, Product } from '../database/rows/own-rows.ts';

/** Accounts and products of a test. */
export interface SeededRows {
  readonly accounts: readonly Account[];
  readonly products: readonly Product[];
}

/** Numbers of accounts and products that a test holds at once. */
export interface Needs {
  readonly accounts: number;
  readonly products: number;
}

/** A test, as far as its seeding needs it. */
export interface SeededTest {
  /** Called with the maximum wait for rows, in milliseconds; returns a function to call with the actual wait. */
  readonly allowForWait: (maxMs: number) => (waitedMs: number) => void;
  /** Called when there are fewer rows than the test needs; ends it as not applicable. */
  readonly onTooFew: (why: string) => void;
}

/** Provides tests with accounts of an exact balance, and products of an exact price and stock. */
export interface Seeding {
  /** True when a worker may keep an account and a product for all of its tests. */
  readonly lastsForWorker: boolean;
  begin(test: SeededTest): void;
  /** Notes the maximum number of accounts and products that a test holds at once, where it is more than two. */
  holdsAtOnce(needs: Partial<Needs>): void;
  newAccount(wanted: { name: string; balance: number }): Promise<Account>;
  newProduct(wanted: { name: string; price: number; stock: number }): Promise<Product>;
  /**
   * Notes a top-up through the API before it is sent.
   *
   * @returns a function to call with its answer.
   */
  charging(userId: Id, amount: unknown, idempotencyKey: unknown): ((exchange: Exchange) => void) | undefined;
  /**
   * Removes or puts back everything, now or with the rows of later tests.
   *
   * @param had rows that were handed out.
   * @param kept rows that the worker keeps; only the orders of its accounts are removed.
   */
  putBack(had: SeededRows, kept?: SeededRows): Promise<void>;
  /** Removes or puts back what `putBack` has left for later. */
  finish(): Promise<void>;
}

/** The suite's own rows: inserted when they are needed, removed afterwards. */
export class InsertedRows implements Seeding {
  readonly lastsForWorker = true;
  readonly #database: ShopDatabase;
  readonly #atOnce: number;
  readonly #left: { accounts: Account[]; products: Product[] } = { accounts: [], products: [] };

  /** @param atOnce number of accounts or products that are removed together: far fewer statements than one by one. */
  constructor(database: ShopDatabase, atOnce = 1) {
    this.#database = database;
    this.#atOnce = atOnce;
  }

  begin(): void {
    // Rows can be inserted without limit.
  }

  holdsAtOnce(): void {
    // No limit.
  }

  newAccount(wanted: { name: string; balance: number }): Promise<Account> {
    return this.#database.insertAccount(wanted);
  }

  newProduct(wanted: { name: string; price: number; stock: number }): Promise<Product> {
    return this.#database.insertProduct(wanted);
  }

  charging(): undefined {
    // The row is removed together with its top-ups.
  }

  async putBack({ accounts, products }: SeededRows, kept?: SeededRows): Promise<void> {
    const left = this.#left;
    left.accounts.push(...accounts);
    left.products.push(...products);
    await this.#database.removeOrdersOf(kept?.accounts ?? []);
    if (Math.max(left.accounts.length, left.products.length) >= this.#atOnce) await this.finish();
  }

  async finish(): Promise<void> {
    const { accounts, products } = this.#left;
    try {
      // What cannot be removed now stays for the next time.
      await this.#database.removeAccounts(accounts);
      accounts.splice(0);
      await this.#database.removeProducts(products);
      products.splice(0);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`Rows of this test or of an earlier one cannot be removed: ${why}`, { cause: error });
    }
  }
}
