import { setTimeout as sleep } from 'node:timers/promises';
import { answeredPart } from '../../api/answers/answered-part.ts';
import { isOffered } from '../../profile/endpoint-forms.ts';
import { parseJson, valueAt } from '../../text/json.ts';
import { misfitOf } from '../../target-check/judge/misfit.ts';
import { placeOrder, readTables, stockOf } from '../../target-check/steps/place-order.ts';
import { NotApplicable } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

const maxWaitMs = 10_000;
const pollMs = 200;

/** Orders, and pays, a product that was read before, and waits until the API shows the stock that is left. */
async function readSoldProduct(walk: Walk): Promise<void> {
  walk.fact('payment');
  const { getProduct } = walk.profile.endpoints;
  if (!isOffered(getProduct)) throw new NotApplicable(getProduct.notOffered);
  const [account, product] = [walk.fact('account'), walk.fact('product')];
  const productId = walk.id('product', product.productId);
  const read = async () => {
    const { response } = await walk.succeed((api) => api.getProduct(productId));
    return valueAt(answeredPart(getProduct, parseJson(response.body), { productId }), getProduct.answer.stock);
  };
  await read();
  const { orderId } = await placeOrder(walk, { account, product });
  await walk.succeed((api) =>
    api.pay(walk.id('order', orderId), { userId: walk.id('user', account.userId), idempotencyKey: walk.newKey() }),
  );
  const left = stockOf(await readTables(walk), product);
  const start = performance.now();
  let seenMs: number | undefined;
  while (seenMs === undefined && performance.now() - start <= maxWaitMs) {
    const askedMs = performance.now() - start;
    if ((await read()) === left) seenMs = askedMs;
    else await sleep(pollMs, undefined, { signal: walk.signal }).catch(() => undefined);
  }
  walk.keepFirstAndLastExchange();
  const property = ['policies', 'productsAreCachedForMs'];
  const declaredMs = walk.profile.policies.productsAreCachedForMs;
  if (seenMs === undefined) {
    walk.add({
      problem: `the stock that an order took is not seen through the API within ${maxWaitMs / 1000} s`,
      property,
      suggestion: 'the target caches products for longer: set the time, or turn the cache off for tests',
    });
  } else if (seenMs > Math.max(declaredMs, pollMs / 2)) {
    const problem = `the stock that an order took is seen through the API only after ${(seenMs / 1000).toFixed(1)} s`;
    walk.add(misfitOf(problem, property, Math.ceil(seenMs / 1000) * 1000));
  }
}

/** Shows for how long the API shows a product as it was before it was sold. */
export const productCacheStep: Step = { title: 'read a product that was sold', run: readSoldProduct };
