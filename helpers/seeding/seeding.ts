import type { Id } from '../profile/ids.ts';
import type { Exchange } from '../api/exchange.ts';
import type { Account, Product, ShopDatabase } from '../database/shop-database.ts';

/** Accounts and products of a test. */
export interface SeededRows {
  readonly accounts: readonly Account[];
  readonly products: readonly Product[];
}

/** How many accounts and products a test holds at once. */
export interface Needs {
  readonly accounts: number;
  readonly products: number;
}

/** What a test says before it asks for anything. */
export interface SeededTest {
  /** Told how long, in milliseconds, it may have to wait for them; what it returns, how long it has waited. */
  readonly allowForWait: (maxMs: number) => (waitedMs: number) => void;
  /** Told when there are not as many as it needs; ends it as not applicable. */
  readonly onTooFew: (why: string) => void;
}

/** How tests come by accounts with exactly this balance, and products at exactly this price and stock. */
export interface Seeding {
  /** Whether a worker may keep an account and a product for all of its tests. */
  readonly lastsForWorker: boolean;
  begin(test: SeededTest): void;
  /** Told how many accounts and products a test holds at once, at the most, where that is more than two. */
  holdsAtOnce(most: Partial<Needs>): void;
  newAccount(wanted: { name: string; balance: number }): Promise<Account>;
  newProduct(wanted: { name: string; price: number; stock: number }): Promise<Product>;
  /**
   * Told before a top-up through the API is sent.
   *
   * @returns what is to be told of its answer.
   */
  charging(userId: Id, amount: unknown, idempotencyKey: unknown): ((exchange: Exchange) => void) | undefined;
  /**
   * Removes or puts back everything.
   *
   * @param had what was handed out.
   * @param kept what the worker keeps; only the orders of its accounts are removed.
   */
  putBack(had: SeededRows, kept?: SeededRows): Promise<void>;
}

/** Rows of the suite's own: inserted when they are needed, removed afterwards. */
export class InsertedRows implements Seeding {
  readonly lastsForWorker = true;
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  begin(): void {
    // Rows can be inserted without end.
  }

  holdsAtOnce(): void {
    // However many.
  }

  newAccount(wanted: { name: string; balance: number }): Promise<Account> {
    return this.#database.insertAccount(wanted);
  }

  newProduct(wanted: { name: string; price: number; stock: number }): Promise<Product> {
    return this.#database.insertProduct(wanted);
  }

  charging(): undefined {
    // What is charged goes with the row.
  }

  async putBack({ accounts, products }: SeededRows, kept?: SeededRows): Promise<void> {
    await this.#database.removeOrdersOf(kept?.accounts ?? []);
    await this.#database.removeAccounts(accounts);
    await this.#database.removeProducts(products);
  }
}
