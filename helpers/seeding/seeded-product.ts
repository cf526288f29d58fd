import { describeAnswer } from '../api/exchange.ts';
import type { ShopApi } from '../api/shop-api.ts';
import type { Id } from '../profile/ids.ts';
import { Blocked } from '../text/blocked.ts';
import { won } from './budget.ts';
import { unexpectedAnswer } from './unexpected-answer.ts';

/** A product as it was written by SQL; its price in the smallest unit. */
interface WrittenProduct {
  readonly productId: Id;
  readonly price: number;
  readonly stock: number;
}

/**
 * Makes sure that the API shows the product that was written by SQL; a target that shows no products is trusted.
 *
 * @throws Blocked when the API shows another product or no such one: it does not read this database.
 */
export async function assertSeededProduct(api: ShopApi, product: WrittenProduct, database: string): Promise<void> {
  if (!api.offers('getProduct')) return;
  const { productId, price, stock } = product;
  const seen = await api.getProduct(productId);
  if (seen.answer?.stock === stock && seen.answer.price === price) return;
  const { answer, request } = seen;
  const said = answer ? `${won(answer.price)} with ${answer.stock} in stock` : describeAnswer(seen);
  throw (
    unexpectedAnswer(seen) ??
    new Blocked(
      `API and database are not the same system: a product at ${won(price)} with ${stock} in stock was written to ` +
        `${database}, but ${request.method} ${request.path} says ${said}.`,
    )
  );
}
