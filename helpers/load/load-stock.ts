import type { Id } from '../ids.ts';
import { Blocked } from '../blocked.ts';
import { catalogueFor } from '../catalogue.ts';
import { assertSeeded } from '../seeded-balance.ts';
import type { ShopApi } from '../shop-api.ts';
import type { ShopDatabase } from '../shop-database.ts';
import type { PricedProduct } from './goods.ts';
import { shareOf, type LoadPlan } from './load-plan.ts';
import type { LoadBudget } from './load-summary.ts';

/** Accounts and products of one part of a run. */
export interface LoadStock {
  readonly userIds: readonly Id[];
  readonly products: readonly PricedProduct[];
}

/** Inserts accounts and products of this part's own, with what the budget says that they need. */
export async function seedLoadStock(
  database: ShopDatabase,
  api: ShopApi,
  plan: LoadPlan,
  part: number,
  { neededPerAccount, neededPerProduct }: LoadBudget,
  randomSeed: number,
): Promise<LoadStock> {
  const { personName, productName } = catalogueFor(randomSeed, `load ${part}`);
  const accounts = await Promise.all(
    Array.from({ length: shareOf(plan, part, plan.accounts) }, () =>
      database.insertAccount({ name: personName(), balance: neededPerAccount }),
    ),
  );
  const products = await Promise.all(
    Array.from({ length: Math.max(plan.amounts.length, shareOf(plan, part, plan.products)) }, (_, index) =>
      database.insertProduct({
        name: productName(),
        price: plan.amounts[index % plan.amounts.length] ?? 0,
        stock: neededPerProduct,
      }),
    ),
  );
  const userIds = accounts.map(({ userId }) => userId);
  if (userIds[0] !== undefined) await assertSeeded(api, userIds[0], neededPerAccount, database.place);
  return { userIds, products };
}

/** Removes what `seedLoadStock` has inserted, with all its orders. */
export async function removeLoadStock(database: ShopDatabase, { userIds, products }: LoadStock): Promise<void> {
  await database.removeAccounts(userIds.map((userId) => ({ userId })));
  await database.removeProducts(products);
}

/** This part's share of a range of ids. */
export function idsOfPart(plan: LoadPlan, part: number, { first, last }: LoadPlan['userIds']): number[] {
  const ids = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const start = Math.floor((ids.length * part) / plan.parts);
  return ids.slice(start, start + shareOf(plan, part, ids.length));
}

/**
 * Of the products that are there, those to be ordered: all, or those at an amount that was asked for.
 *
 * @throws Blocked when none is left.
 */
export function orderedProducts(plan: LoadPlan, found: readonly PricedProduct[]): PricedProduct[] {
  const { first, last } = plan.productIds;
  const wanted = plan.amountsAreGiven ? found.filter(({ price }) => plan.amounts.includes(price)) : [...found];
  if (wanted.length > 0) return wanted;
  throw new Blocked(
    found.length === 0
      ? `None of the products ${first}-${last} is in the database. Set PRODUCT_IDS to products that are, or SEED=on.`
      : `None of the products ${first}-${last} costs ${plan.amounts.join(', ')} won. ` +
          `Set LOAD_AMOUNTS to prices of theirs (${[...new Set(found.map(({ price }) => price))].join(', ')}), or SEED=on.`,
  );
}
