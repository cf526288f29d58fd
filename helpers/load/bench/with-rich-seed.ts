import type { Id } from '../../profile/ids.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { ShopDatabase } from '../../database/shop-database.ts';
import { loadTarget } from '../../profile/load-target.ts';
import type { BenchShop } from './bench-shop.ts';

/** The users and products that a driver may use. */
interface RichSeed {
  readonly userIds: readonly Id[];
  readonly productIds: readonly Id[];
}

// As many as the original script had.
const accountCount = 100;
const productCount = 10;
const settleMs = 2000;
/** In won. */
const price = 10_000;

/**
 * Inserts users and products, each rich enough for all iterations, so that nothing is ever refused; removes them with
 * everything that was made of them when the work is over.
 *
 * @param iterations at most as many as will be made.
 * @param signal cuts the work off.
 */
export async function withRichSeed<Result>(
  { database, target, allowWritesTo }: BenchShop,
  iterations: number,
  signal: AbortSignal,
  work: (seed: RichSeed) => Promise<Result>,
): Promise<Result> {
  const shop = await ShopDatabase.connect(database, await loadTarget(target), allowWritesTo);
  const accounts: { userId: Id }[] = [];
  const products: { productId: Id }[] = [];
  try {
    for (let index = 1; index <= accountCount; index += 1) {
      accounts.push(await shop.insertAccount({ name: `Bench ${index}`, balance: iterations * price }));
    }
    for (let index = 1; index <= productCount; index += 1) {
      products.push(await shop.insertProduct({ name: `Bench ${index}`, price, stock: iterations }));
    }
    return await work({
      userIds: accounts.map(({ userId }) => userId),
      productIds: products.map(({ productId }) => productId),
    });
  } finally {
    // A driver that was stopped leaves requests behind at which the shop is still at work.
    if (signal.aborted) await delay(settleMs);
    await shop.removeAccounts(accounts);
    await shop.removeProducts(products);
    await shop.close();
  }
}
