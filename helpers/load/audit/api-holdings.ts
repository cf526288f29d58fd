import type { Id } from '../../profile/ids.ts';
import { requireAnswer } from '../../api/answers/require-answer.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import { sum } from '../../text/sum.ts';
import { fewAtOnce } from '../prepare/few-at-once.ts';
import type { HoldingsView, Opening, SeenHoldings } from './holdings-view.ts';
import type { Depletion } from '../measure/load-part.ts';

/** Looks at once: enough for a range to be read soon, and too few to be load of its own. */
export const looksAtOnce = 4;

// A second's worth: more would be load of its own, and balances move slowly enough for that.
const accountsALook = 10;
const productsALook = 5;

/** Hands out some keys at a time, all of them in turn. */
const inTurn = (keys: readonly Id[], maxKeys: number): (() => readonly Id[]) => {
  let next = 0;
  return () => {
    const some = [...keys.slice(next, next + maxKeys), ...keys.slice(0, Math.max(0, next + maxKeys - keys.length))];
    next = (next + maxKeys) % keys.length;
    return some.slice(0, keys.length);
  };
};

const lowest = (values: Iterable<number>): number => [...values].reduce((one, other) => Math.min(one, other), Infinity);

/**
 * Holdings of accounts and products as the API shows them, for targets whose database is out of reach. Each look asks for
 * some of them only, in turn; of the others it knows what it saw last.
 */
export class ApiHoldings implements HoldingsView {
  readonly #api: Pick<ShopApi, 'getBalance' | 'getProduct'>;
  readonly #balances: Map<Id, number>;
  readonly #stock: Map<Id, number>;
  readonly #someAccounts: () => readonly Id[];
  readonly #someProducts: () => readonly Id[];
  readonly #disconnect: () => Promise<void>;

  /** @param opening what was seen first: at least one account and one product. */
  constructor(
    api: Pick<ShopApi, 'getBalance' | 'getProduct'>,
    { accounts, products }: Opening,
    disconnect: () => Promise<void>,
  ) {
    this.#api = api;
    this.#balances = new Map(accounts.map(({ userId, balance }) => [userId, balance]));
    this.#stock = new Map(products.map(({ productId, stock }) => [productId, stock]));
    this.#someAccounts = inTurn([...this.#balances.keys()], accountsALook);
    this.#someProducts = inTurn([...this.#stock.keys()], productsALook);
    this.#disconnect = disconnect;
  }

  async holdings(): Promise<SeenHoldings> {
    await this.#look(this.#someAccounts(), this.#someProducts());
    return {
      balanceLowest: lowest(this.#balances.values()),
      balanceTotal: sum([...this.#balances.values()]),
      stockLowest: lowest(this.#stock.values()),
      stockTotal: sum([...this.#stock.values()]),
    };
  }

  async rowsOf(userId: Id, productId: Id): Promise<{ balance?: number; stock?: number }> {
    const [account, product] = await Promise.all([this.#api.getBalance(userId), this.#api.getProduct(productId)]);
    return {
      ...(account.answer && { balance: account.answer.balance }),
      ...(product.answer && { stock: product.answer.stock }),
    };
  }

  /** Looks at every account and product. */
  async depletion(largestAmount: number): Promise<Depletion> {
    await this.#look([...this.#balances.keys()], [...this.#stock.keys()]);
    return depletionOf([...this.#balances.values()], [...this.#stock.values()], largestAmount);
  }

  close(): Promise<void> {
    return this.#disconnect();
  }

  async #look(userIds: readonly Id[], productIds: readonly Id[]): Promise<void> {
    await fewAtOnce(userIds, looksAtOnce, async (userId) => {
      this.#balances.set(userId, requireAnswer(await this.#api.getBalance(userId)).balance);
    });
    await fewAtOnce(productIds, looksAtOnce, async (productId) => {
      this.#stock.set(productId, requireAnswer(await this.#api.getProduct(productId)).stock);
    });
  }
}

/** Counts the balances and stocks that cannot go on. */
const depletionOf = (balances: readonly number[], stock: readonly number[], largestAmount: number): Depletion => ({
  accountsShort: balances.filter((balance) => balance < largestAmount).length,
  balanceLowest: lowest(balances),
  productsSoldOut: stock.filter((pieces) => pieces < 1).length,
  stockLowest: lowest(stock),
});
