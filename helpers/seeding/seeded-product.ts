import { describeAnswer } from '../api/answers/exchange.ts';
import type { ShopApi } from '../api/shop-api.ts';
import type { Id } from '../profile/ids.ts';
import { Blocked } from '../text/blocked.ts';
import { groupedInWords } from '../profile/amount-in-words.ts';
import { unexpectedAnswer, UnexpectedAnswer } from './unexpected-answer.ts';

/** A product as it was written by SQL; its price in the smallest unit. */
interface WrittenProduct {
  readonly productId: Id;
  readonly price: number;
  readonly stock: number;
}

/**
 * Makes sure that the API shows the product that was written by SQL; a target that shows no products is trusted.
 *
 * @throws Blocked when the API shows another product or no such one: it does not read this database. Any other
 *   refusal is said as such: nothing is concluded from it.
 */
export async function assertSeededProduct(api: ShopApi, product: WrittenProduct, database: string): Promise<void> {
  if (!api.offers('getProduct')) return;
  const { productId, price, stock } = product;
  const seen = await api.getProduct(productId);
  if (seen.answer?.stock === stock && seen.answer.price === price) return;
  const { answer, request } = seen;
  const unexpected = unexpectedAnswer(seen);
  if (unexpected) throw unexpected;
  const said = answer
    ? `${groupedInWords(answer.price, api.money)} with ${answer.stock} in stock`
    : describeAnswer(seen);
  const written =
    `a product at ${groupedInWords(price, api.money)} with ${stock} in stock was written to ${database}, but ${request.method} ` +
    `${request.path} says ${said}.`;
  const isUnknown = seen.refusal?.reason === 'unknown-product' && seen.refusal.namedBy !== 'status';
  if (answer || isUnknown) throw new Blocked(`API and database are not the same system: ${written}`);
  throw new UnexpectedAnswer(
    `${request.method} ${request.path} was answered ${said}`,
    `The API does not show a product: ${written} Is the path of BASE_URL right, and does the target profile name path ` +
      'and fields rightly (npm run target:check says which line does not fit)? If so, point BASE_URL and DB_* at one system.',
  );
}
