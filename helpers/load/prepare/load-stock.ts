import type { Id } from '../../profile/ids.ts';
import { plainAmount, withUnit } from '../../profile/amount-in-words.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { Blocked } from '../../text/blocked.ts';
import { catalogueFor } from '../../seeding/catalogue.ts';
import { assertSeeded } from '../../seeding/seeded-balance.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import type { PricedProduct } from './goods.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import { shareOf } from '../plan/pace.ts';
import type { LoadBudget } from '../measure/load-summary.ts';

/** Accounts and products of one part of a run. */
export interface LoadStock {
  readonly userIds: readonly Id[];
  readonly products: readonly PricedProduct[];
}

/** Returns the ids alone. */
export const idsOfStock = ({ userIds, products }: LoadStock) => ({
  userIds,
  productIds: products.map(({ productId }) => productId),
});

/**
 * Inserts accounts and products of this part's own, with what the budget says that they need.
 *
 * @throws the first error on the way; whatever had been inserted by then is removed again.
 */
export async function seedLoadStock(
  database: ShopDatabase,
  api: ShopApi,
  plan: LoadPlan,
  part: number,
  { neededPerAccount, neededPerProduct }: LoadBudget,
  randomSeed: number,
): Promise<LoadStock> {
  const { personName, productName } = catalogueFor(randomSeed, `load ${part}`);
  const seeding = [
    ...Array.from({ length: shareOf(plan, part, plan.accounts) }, () =>
      database.insertAccount({ name: personName(), balance: neededPerAccount }),
    ),
    ...(seededPrices(plan)[part] ?? []).map((price) =>
      database.insertProduct({ name: productName(), price, stock: neededPerProduct }),
    ),
  ];
  // All of them, so that none comes about after the others have been removed.
  const results = await Promise.allSettled(seeding);
  const rows = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stock = {
    userIds: rows.flatMap((row) => ('userId' in row ? [row.userId] : [])),
    products: rows.flatMap((row) => ('productId' in row ? [row] : [])),
  };
  try {
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const [userId] = stock.userIds;
    if (userId !== undefined) await assertSeeded(api, userId, neededPerAccount, database.place);
    return stock;
  } catch (error) {
    // Whoever cannot insert may not be able to remove either; then the next preflight does.
    await removeLoadStock(database, stock).catch(() => undefined);
    throw error;
  }
}

/** Returns the prices of the products that are seeded, part by part: each has at least one at every amount. */
export function seededPrices(plan: Pick<LoadPlan, 'amounts' | 'products' | 'parts'>): number[][] {
  const { amounts, products, parts } = plan;
  return Array.from({ length: parts }, (_, part) =>
    Array.from(
      { length: Math.max(amounts.length, shareOf(plan, part, products)) },
      (_product, index) => amounts[index % amounts.length] ?? 0,
    ),
  );
}

/** Removes what `seedLoadStock` has inserted, with all its orders. */
export async function removeLoadStock(database: ShopDatabase, { userIds, products }: LoadStock): Promise<void> {
  await database.removeAccounts(userIds.map((userId) => ({ userId })));
  await database.removeProducts(products);
}

/** Returns this part's share of a range of ids. */
export function idsOfPart(plan: LoadPlan, part: number, { first, last }: LoadPlan['userIds']): number[] {
  const ids = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const start = Math.floor((ids.length * part) / plan.parts);
  return ids.slice(start, start + shareOf(plan, part, ids.length));
}

/**
 * Returns the products to be ordered out of those that are there: all, or those at an amount that was asked for.
 *
 * @param orElse what else can be done where none is left, after a comma.
 * @throws Blocked when none is left.
 */
export function orderedProducts<Product extends PricedProduct>(
  { money }: TargetProfile,
  plan: LoadPlan,
  found: readonly Product[],
  orElse = ', or SEED=on',
): Product[] {
  const { first, last } = plan.productIds;
  const wanted = plan.amountsAreGiven ? found.filter(({ price }) => plan.amounts.includes(price)) : [...found];
  if (wanted.length > 0) return wanted;
  const asked = withUnit(plan.amounts.map((amount) => plainAmount(amount, money)).join(', '), money);
  throw new Blocked(
    found.length === 0
      ? `None of the products ${first}-${last} is there. Set PRODUCT_IDS to products that are${orElse}.`
      : `None of the products ${first}-${last} costs ${asked}. ` +
          `Set LOAD_AMOUNTS to prices of theirs${money.decimals > 0 ? ', in the smallest unit' : ''} (${[...new Set(found.map(({ price }) => price))].join(', ')})${orElse}.`,
  );
}
