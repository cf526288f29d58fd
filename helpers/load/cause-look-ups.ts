import type { LoadDatabase } from './load-database.ts';
import type { Books } from './load-rows.ts';
import type { Cause } from './load-part.ts';

/** Looks into the tables whenever a request is refused for a new cause: what they said before the run, and say now. */
export class CauseLookUps {
  readonly #database: LoadDatabase;
  readonly #books: Books;
  readonly #underWay = new Set<Promise<void>>();

  /** @param books what the tables said before the run. */
  constructor(database: LoadDatabase, books: Books) {
    this.#database = database;
    this.#books = books;
  }

  /** Adds to a cause what the tables say of the account and the product of its first request. */
  begin(cause: Cause): void {
    const account = this.#books.accounts.find(({ userId }) => userId === cause.userId);
    const product = this.#books.products.find(({ productId }) => productId === cause.productId);
    cause.before = { ...(account && { balance: account.balance }), ...(product && { stock: product.stock }) };
    const looking = this.#database
      .rowsOf(cause.userId, cause.productId)
      .then((rows) => {
        cause.then = rows;
      })
      // What cannot be seen is left out of the evidence.
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(looking));
    this.#underWay.add(looking);
  }

  /** Waits for those under way. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
  }
}
