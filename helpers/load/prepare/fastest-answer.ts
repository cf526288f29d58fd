import type { Exchange } from '../../api/answers/exchange.ts';
import type { Id } from '../../profile/ids.ts';
import { unusableAnswer } from '../../api/answers/unusable-answer.ts';
import type { ShopApi } from '../../api/shop-api.ts';

const requestsToMeasure = 8;

/**
 * Measures the fastest of some harmless answers in milliseconds; `undefined` when none came or there is nothing to ask.
 */
export async function fastestAnswerMs(api: ShopApi, productId: Id): Promise<number | undefined> {
  const ask = harmlessRequest(api, productId);
  let fastest: number | undefined;
  for (let request = 0; ask && request < requestsToMeasure; request += 1) {
    const exchange = await ask();
    // A failure says nothing of how long answers take.
    if (unusableAnswer(exchange)) return fastest;
    fastest = Math.min(fastest ?? exchange.durationMs, exchange.durationMs);
  }
  return fastest;
}

function harmlessRequest(api: ShopApi, productId: Id): (() => Promise<Exchange>) | undefined {
  if (api.offers('getProduct')) return () => api.getProduct(productId);
  return api.offers('health') ? () => api.health() : undefined;
}
