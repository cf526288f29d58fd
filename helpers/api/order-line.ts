import type { Field, Json } from '../text/json.ts';

/** One line of an order; its `further` fields are sent as they are. */
export interface OrderLine {
  readonly productId: Field;
  readonly quantity: Field;
  /** The product's price, where the order must know it. Default: what `priceOf` says. */
  readonly price?: number;
  readonly further?: Readonly<Record<string, Json>>;
}
