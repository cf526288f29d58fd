import { grantOfReading, isDenied } from '../../database/structure/missing-rights.ts';
import { Blocked } from '../../text/blocked.ts';
import type { Id } from '../../profile/ids.ts';
import { assertSameBalance } from '../../seeding/seeded-balance.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { assertAllExist } from './assert-all-exist.ts';
import { capacityOf, type IterationTime } from '../plan/capacity.ts';
import { LoadDatabase } from '../audit/load-database.ts';
import type { PreparationOptions, Ready } from './preparation.ts';
import { idsOfPart, idsOfStock, orderedProducts } from './load-stock.ts';
import { lackingSql, Shortfall } from './shortfall.ts';

/**
 * Looks at the accounts and products that are there, and uses them as they are.
 *
 * @throws Blocked when they cannot suffice, with the numbers and the SQL that cures it, are of another system, or may not
 *   be read, with the GRANT.
 */
export async function prepareAsFound(
  options: PreparationOptions,
  settings: DatabaseSettings,
  time: IterationTime,
): Promise<Ready> {
  try {
    return await prepare(options, settings, time);
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new Blocked(`${String(error instanceof Error ? error.message : error)}. ${await cureOf(options)}`);
  }
}

/** Returns what to do about a table that may not be read. */
async function cureOf({ seeder }: PreparationOptions): Promise<string> {
  const database = await seeder();
  try {
    return `Let an administrator say: ${await grantOfReading(database)}`;
  } finally {
    await database.close();
  }
}

async function prepare(
  { plan, part, api, profile }: PreparationOptions,
  settings: DatabaseSettings,
  time: IterationTime,
): Promise<Ready> {
  const userIds = idsOfPart(plan, part, plan.userIds);
  const productIds = idsOfPart(plan, part, plan.productIds);
  await assertAllExist(plan, profile, settings);
  const found = await LoadDatabase.connect(settings, profile, { userIds, productIds, productsAreOwn: false });
  const products = orderedProducts(profile, plan, await found.prices());
  await found.close();
  const stock = { userIds, products };
  const prices = products.map(({ price }) => price);
  const database = await LoadDatabase.connect(settings, profile, { ...idsOfStock(stock), productsAreOwn: false });
  try {
    await assertSameSystem(api, profile, database, userIds[0] ?? plan.userIds.first);
    const { balanceLowest, stockLowest } = await database.holdings();
    const holdings = { balanceLowest: balanceLowest ?? 0, stockLowest: stockLowest ?? 0 };
    const budget = capacityOf(profile, plan, time, [prices], holdings);
    if (!budget.suffices && !plan.evenIfShort) {
      throw new Shortfall(profile, budget, `Set SEED=on, or run:\n${lackingSql(profile, plan, budget)}`);
    }
    return { stock, budget, largestAmount: Math.max(...prices), view: database, database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function assertSameSystem(
  api: ShopApi,
  { policies }: TargetProfile,
  database: LoadDatabase,
  userId: Id,
): Promise<void> {
  const { balance } = await database.rowsOf(userId, 0);
  if (balance === undefined) {
    throw new Blocked(
      `User ${userId} has no balance in the database. Set USER_IDS to users that are there, or SEED=on.`,
    );
  }
  await assertSameBalance(api, userId, balance, policies);
}
