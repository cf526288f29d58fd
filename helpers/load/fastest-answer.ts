import type { Id } from '../ids.ts';
import type { ShopApi } from '../shop-api.ts';

const requestsToMeasure = 8;

/** The fastest of some harmless answers in milliseconds, or undefined when none came. */
export async function fastestAnswerMs(api: ShopApi, productId: Id): Promise<number | undefined> {
  let fastest: number | undefined;
  for (let request = 0; request < requestsToMeasure; request += 1) {
    const { outcome, durationMs } = await api.getProduct(productId);
    if (outcome === 'unknown') return fastest;
    fastest = Math.min(fastest ?? durationMs, durationMs);
  }
  return fastest;
}
