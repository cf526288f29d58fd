import type { HoldingsView, Opening } from '../audit/holdings-view.ts';
import type { Cause } from '../measure/load-part.ts';

/** Looks at account and product whenever a request is refused for a new cause: what they held before the run, and hold now. */
export class CauseLookUps {
  readonly #view: Pick<HoldingsView, 'rowsOf'>;
  readonly #opening: Opening;
  readonly #underWay = new Set<Promise<void>>();

  /** @param opening what was seen before the run. */
  constructor(view: Pick<HoldingsView, 'rowsOf'>, opening: Opening) {
    this.#view = view;
    this.#opening = opening;
  }

  /** Adds to a cause what the account and the product hold of its first request. */
  begin(cause: Cause): void {
    const account = this.#opening.accounts.find(({ userId }) => userId === cause.userId);
    const product = this.#opening.products.find(({ productId }) => productId === cause.productId);
    cause.before = { ...(account && { balance: account.balance }), ...(product && { stock: product.stock }) };
    const looking = this.#view
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
