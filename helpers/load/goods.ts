/** A product at the price that an order of one piece comes to. */
export interface PricedProduct {
  readonly productId: number;
  /** Won. */
  readonly price: number;
}

/**
 * Hands out accounts in turn, so that all have the same share of the payments, and products by an amount drawn at
 * random, those of one amount in turn.
 */
export class Goods {
  readonly #userIds: readonly number[];
  readonly #byAmount: readonly (readonly PricedProduct[])[];
  #account = 0;
  #product = 0;

  /** @param products at least one. */
  constructor(userIds: readonly number[], products: readonly PricedProduct[]) {
    this.#userIds = userIds;
    const amounts = new Set(products.map(({ price }) => price));
    this.#byAmount = [...amounts].map((amount) => products.filter(({ price }) => price === amount));
  }

  nextUserId(): number {
    this.#account = (this.#account + 1) % this.#userIds.length;
    return this.#userIds[this.#account] ?? 0;
  }

  nextProduct(): PricedProduct {
    const drawn = this.#byAmount[Math.floor(Math.random() * this.#byAmount.length)] ?? [];
    this.#product += 1;
    return drawn[this.#product % drawn.length] ?? { productId: 0, price: 0 };
  }
}
