import type { Id } from '../../profile/ids.ts';

/** A product at the price that an order of one piece comes to. */
export interface PricedProduct {
  readonly productId: Id;
  /** Won. */
  readonly price: number;
}

/**
 * Hands out accounts in turn, so that all have the same share of the payments, and products by an amount drawn at
 * random, those of one amount in turn.
 */
export class Goods {
  readonly #userIds: readonly Id[];
  readonly #products: readonly PricedProduct[];
  readonly #byAmount: readonly (readonly PricedProduct[])[];
  #account = 0;
  #product = 0;

  /** @param products at least one. */
  constructor(userIds: readonly Id[], products: readonly PricedProduct[]) {
    this.#userIds = userIds;
    this.#products = products;
    const amounts = new Set(products.map(({ price }) => price));
    this.#byAmount = [...amounts].map((amount) => products.filter(({ price }) => price === amount));
  }

  nextUserId(): Id {
    this.#account = (this.#account + 1) % this.#userIds.length;
    return this.#userIds[this.#account] ?? 0;
  }

  /**
   * Returns a product at a random amount.
   *
   * @param tried products that would not do: another one is handed out, as long as there is one.
   */
  nextProduct(tried: readonly PricedProduct[] = []): PricedProduct {
    const group = this.#byAmount[Math.floor(Math.random() * this.#byAmount.length)] ?? [];
    this.#product += 1;
    const drawn = group[this.#product % group.length] ?? { productId: 0, price: 0 };
    if (!tried.includes(drawn)) return drawn;
    const others = this.#products.filter((product) => !tried.includes(product));
    return others[this.#product % others.length] ?? drawn;
  }
}

/**
 * Returns the share of all drawn products that the busiest one gets, from 0 to 1: amounts are drawn evenly, however
 * many products there are at each.
 *
 * @param prices of all products.
 */
export function busiestShare(prices: readonly number[]): number {
  const sizes = new Map<number, number>();
  for (const price of prices) sizes.set(price, (sizes.get(price) ?? 0) + 1);
  return 1 / (sizes.size * Math.min(...sizes.values()));
}
