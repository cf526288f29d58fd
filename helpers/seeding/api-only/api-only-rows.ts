import { randomUUID } from 'node:crypto';
import type { ProductAnswer } from '../../api/answers.ts';
import { won } from '../budget.ts';
import type { Id } from '../../profile/ids.ts';
import type { Seeding } from '../seeding.ts';
import { contentOf } from '../../api/require-answer.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { Account, Product } from '../../database/shop-database.ts';
import type { ApiOnlyShop } from './api-only-shop.ts';

export interface ApiOnlyRowsOptions {
  readonly api: ShopApi;
  readonly shop: ApiOnlyShop;
  /** Users and products of this worker's own: nothing locks them. */
  readonly userIds: readonly Id[];
  readonly productIds: readonly Id[];
  /** Ends the test, for which the range has nothing that fits. */
  readonly notApplicable: (why: string) => void;
}

// Whoever asks for so much wants it not to run out, and does not count it.
const plenty = 50;
// More would empty the shelves for the tests to come.
const maxPiecesToSpend = 50;

/** How a balance is brought to an amount: pieces of a product are paid for, then the rest is charged. */
interface Way {
  readonly userId: Id;
  readonly balance: number;
  readonly spend?: { readonly product: ProductAnswer; readonly pieces: number };
}

/**
 * Accounts and products out of a range, brought to what a test wants through the API alone: a balance by topping up,
 * after paying for orders where it is too high. What was charged and ordered stays.
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
    // Nothing is waited for.
  }

  holdsAtOnce(): void {
    // The range has enough for a test, or it has not.
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
          `a product at ${won(price)} with ${stock >= plenty ? 'at least' : 'exactly'} ${stock} in stock, and ` +
            `PRODUCT_IDS has none left`,
        );
      }
      this.#usedProducts.add(product.productId);
      this.#options.shop.noteSurplus(product.productId, product.stock - stock);
      return { productId: product.productId, name: product.name ?? '', price, stock };
    });
  }

  charging(): undefined {
    // What was charged stays.
  }

  async putBack(): Promise<void> {
    // What a test that has ended still has under way must not come after it: the next one has the same range.
    await this.#turn;
    this.#used.clear();
    this.#usedProducts.clear();
    this.#options.shop.forget();
  }

  async #accountWith(wanted: number): Promise<Id> {
    const { api, userIds } = this.#options;
    const free = userIds.filter((userId) => !this.#used.has(userId));
    const balances = await Promise.all(free.map(async (userId) => contentOf(await api.getBalance(userId))));
    const fitting = balances
      .filter(({ balance }) => balance <= wanted)
      .toSorted((one, other) => other.balance - one.balance);
    const way = fitting[0] ?? waysDown(balances, await this.#products(), wanted)[0];
    if (!way) return this.#cannot(`an account with ${won(wanted)}, and nobody left in USER_IDS can be brought to that`);
    this.#used.add(way.userId);
    const { userId } = way;
    const spend = 'spend' in way ? way.spend : undefined;
    if (spend) {
      const { product, pieces } = spend;
      const items = [{ productId: product.productId, quantity: pieces }];
      const order = contentOf(await api.createOrder({ userId, items, idempotencyKey: randomUUID() }));
      contentOf(await api.pay(order.orderId, { userId, idempotencyKey: randomUUID() }));
    }
    const { balance } = contentOf(await api.getBalance(userId));
    await this.#options.shop.addToBalance({ userId }, wanted - balance);
    return userId;
  }

  #products(): Promise<ProductAnswer[]> {
    const { api, productIds } = this.#options;
    return Promise.all(productIds.map(async (productId) => contentOf(await api.getProduct(productId))));
  }

  /** One after the other; once one has failed, so do all others of this test, which ends without them. */
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

/** Ways to bring a balance below what is wanted, those that cost the fewest pieces first. */
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
