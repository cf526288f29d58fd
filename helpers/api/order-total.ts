import type { Endpoints } from '../profile/endpoint-forms.ts';
import { isRecord, valueAt } from '../text/json.ts';
import { sum } from '../text/sum.ts';

/** Returns the price of a product, where it is known. */
export type PriceOf = (productId: unknown) => number | undefined;

interface PricedLine {
  readonly productId?: unknown;
  readonly quantity?: unknown;
  readonly price?: number;
}

/** Returns what the lines of an order come to; undefined where a price is not known, or a quantity is none. */
export function orderTotal(items: readonly PricedLine[] = [], priceOf: PriceOf = () => undefined): number | undefined {
  const sums = items.map(({ productId, quantity, price }) => Number(quantity) * (price ?? priceOf(productId) ?? NaN));
  if (!sums.every((one) => Number.isSafeInteger(one) && one >= 0)) return undefined;
  const total = sum(sums);
  return Number.isSafeInteger(total) ? total : undefined;
}

/** Returns the lines of an order as it was sent. */
export function linesOfBody(json: unknown, { body }: Endpoints['createOrder']): PricedLine[] {
  const lines: unknown = body.items === undefined ? [json] : valueAt(json, body.items);
  return (Array.isArray(lines) ? lines : []).filter(isRecord).map((line) => ({
    productId: valueAt(line, body.productId),
    quantity: valueAt(line, body.quantity),
  }));
}
