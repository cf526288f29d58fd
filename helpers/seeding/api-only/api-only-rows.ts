import { randomUUID } from 'node:crypto';
import type { ProductAnswer } from '../../api/answers/answers.ts';
import { groupedInWords } from '../../profile/amount-in-words.ts';
import type { Id } from '../../profile/ids.ts';
import type { Seeding } from '../seeding.ts';
import { requireAnswer } from '../../api/answers/require-answer.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { Account, Product } from '../../database/rows/own-rows.ts';
import type { ApiOnlyShop } from './api-only-shop.ts';

export interface ApiOnlyRowsOptions {
  readonly api: ShopApi;
  readonly shop: ApiOnlyShop;
  /** Users and products for this worker alone: nothing locks them. */
  readonly userIds: readonly Id[];
  readonly productIds: readonly Id[];
  /** Ends a test for which the range has no suitable rows. */
  readonly notApplicable: (why: string) => void;
}

// A test that asks for so many pieces only wants enough of them, and does not check the number.
const plenty = 50;
// More would use up the stock of later tests.
const maxPiecesToSpend = 50;

/** A way to bring a balance to an amount: pay for pieces of a product, then top up the rest. */
interface Way {
  readonly userId: Id;
  readonly balance: number;
  readonly spend?: { readonly product: ProductAnswer; readonly pieces: number };
}

/**
 * Accounts and products from a range, set to the values of a test through the API alone: a balance by a top-up, after
 * payments of orders where it is too high. The top-ups and orders stay.
 */
export class ApiOnlyRows implements Seeding {
  readonly lastsForWorker = false;
  readonly #options: ApiOnlyRowsOptions;
  readonly #used = new Set<Id>();
  readonly #usedProducts = new Set<Id>();
  #turn: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;

  constructor(options: ApiOnlyRowsOptions) {
    this.#options = options;
  }

  begin(): void {
    // Rows are never waited for.
  }

  holdsAtOnce(): void {
    // The size of the range is fixed.
  }

  newAccount({ name, balance }: { name: string; balance: number }): Promise<Account> {
    return this.#inTurn(async () => ({ userId: await this.#accountWith(balance), name, balance }));
  }

  newProduct({ price, stock }: { name: string; price: number; stock: number }): Promise<Product> {
    return this.#inTurn(async () => {
      const offered = await this.#products();
      const product = offered.find(
        (one) =>
          !this.#usedProducts.has(one.productId) &&
          one.price === price &&
          (stock >= plenty ? one.stock >= stock : one.stock === stock),
      );
      if (!product) {
        return this.#cannot(
          `a product at ${groupedInWords(price, this.#options.api.money)} with ${stock >= plenty ? 'at least' : 'exactly'} ${stock} in stock, and ` +
            `PRODUCT_IDS has none left`,
        );
      }
      this.#usedProducts.add(product.productId);
      this.#options.shop.noteSurplus(product.productId, product.stock - stock);
      return { productId: product.productId, name: product.name ?? '', price, stock };
    });
  }

  charging(): undefined {
    // Top-ups stay.
  }

  async putBack(): Promise<void> {
    // Work that an ended test has in progress must not outlive it: the next test has the same range.
    await this.#turn;
    this.#used.clear();
    this.#usedProducts.clear();
    this.#options.shop.forget();
  }

  async finish(): Promise<void> {
    // Nothing is left for later.
  }

  async #accountWith(wanted: number): Promise<Id> {
    const { api, userIds, shop } = this.#options;
    const free = userIds.filter((userId) => !this.#used.has(userId));
    if (!shop.holdsBalances) {
      const [userId = this.#cannot('another user, and USER_IDS has none left')] = free;
      this.#used.add(userId);
      shop.noteBalance(userId, wanted);
      return userId;
    }
    const balances = await Promise.all(free.map(async (userId) => requireAnswer(await api.getBalance(userId))));
    const fitting = balances
      .filter(({ balance }) => balance <= wanted)
      .toSorted((one, other) => other.balance - one.balance);
    const way = fitting[0] ?? waysDown(balances, await this.#products(), wanted)[0];
    if (!way)
      return this.#cannot(
        `an account with ${groupedInWords(wanted, api.money)}, and nobody left in USER_IDS can be brought to that`,
      );
    this.#used.add(way.userId);
    const { userId } = way;
    const spend = 'spend' in way ? way.spend : undefined;
    if (spend) {
      const { product, pieces } = spend;
      const items = [{ productId: product.productId, quantity: pieces }];
      const order = requireAnswer(await api.createOrder({ userId, items, idempotencyKey: randomUUID() }));
      requireAnswer(await api.pay(order.orderId, { userId, idempotencyKey: randomUUID() }));
    }
    const { balance } = requireAnswer(await api.getBalance(userId));
    await this.#options.shop.addToBalance({ userId }, wanted - balance);
    return userId;
  }

  #products(): Promise<ProductAnswer[]> {
    const { api, productIds } = this.#options;
    return Promise.all(productIds.map(async (productId) => requireAnswer(await api.getProduct(productId))));
  }

  /** Runs one function after the other; once one has failed, all later ones of this test fail too. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#turn.then(() => {
      if (this.#failure !== undefined) throw this.#failure;
      return work();
    });
    this.#turn = next.catch((error: unknown) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    });
    return next;
  }

  #cannot(what: string): never {
    const why = `without a database this scenario needs ${what}`;
    this.#options.notApplicable(why);
    throw new Error(why);
  }
}

/** Returns ways to bring a balance below the wanted one, those with the fewest pieces first. */
const waysDown = (
  balances: readonly { userId: Id; balance: number }[],
  products: readonly ProductAnswer[],
  wanted: number,
): Way[] =>
  balances
    .flatMap(({ userId, balance }) =>
      products.flatMap((product) => {
        const pieces = Math.ceil((balance - wanted) / product.price);
        const isPossible = pieces <= Math.min(maxPiecesToSpend, product.stock - plenty * 2);
        return isPossible && pieces * product.price <= balance ? [{ userId, balance, spend: { product, pieces } }] : [];
      }),
    )
    .toSorted((one, other) => one.spend.pieces - other.spend.pieces);
