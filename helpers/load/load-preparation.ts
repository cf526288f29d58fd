import type { Id } from '../ids.ts';
import { Blocked } from '../blocked.ts';
import { won } from '../budget.ts';
import type { DatabaseSettings, Settings } from '../settings.ts';
import type { ShopApi } from '../shop-api.ts';
import type { ShopDatabase } from '../shop-database.ts';
import type { TargetProfile } from '../target-profile/target-profile.ts';
import { capacityOf, curingSql, iterationTime, type IterationTime } from './capacity.ts';
import { fastestAnswerMs } from './fastest-answer.ts';
import { LoadDatabase, type Books } from './load-database.ts';
import type { Depletion } from './load-part.ts';
import type { LoadPlan } from './load-plan.ts';
import { idsOfPart, orderedProducts, seedLoadStock, type LoadStock } from './load-stock.ts';
import type { LoadBudget } from './load-summary.ts';

/** What one part of a run is prepared from. */
export interface PreparationOptions {
  readonly plan: LoadPlan;
  readonly part: number;
  readonly settings: Settings;
  readonly profile: TargetProfile;
  readonly api: ShopApi;
  /** Connects for seeding; not called where nothing is seeded. */
  readonly seeder: () => Promise<ShopDatabase>;
}

/** What one part of a run starts from. */
export interface Prepared {
  readonly stock: LoadStock;
  readonly budget: LoadBudget;
  /** Of one payment, in won. */
  readonly largestAmount: number;
  readonly database: LoadDatabase;
  /** What inserted the stock and can remove it again. */
  readonly seeder?: ShopDatabase;
  /** What the tables said beforehand. */
  readonly books: Books;
  readonly newestOrder: Id | undefined;
  readonly depletion: Depletion;
}

/**
 * Seeds accounts and products, or looks at those that are there.
 *
 * @throws Blocked when what is there cannot suffice, with the numbers and the SQL that cures it.
 */
export async function prepareLoad(options: PreparationOptions): Promise<Prepared> {
  const { plan, api, settings } = options;
  if (!settings.database) {
    throw new Blocked(
      'BASE_URL is set but DB_HOST is not, and a load run seeds and audits through the database. Set DB_HOST (and DB_PORT, DB_USER, DB_PASSWORD, DB_NAME) to the database behind BASE_URL.',
    );
  }
  const measuredMs = plan.iterationMs === undefined ? await fastestAnswerMs(api, plan.productIds.first) : undefined;
  const time = iterationTime(plan, measuredMs);
  const ready = plan.seed
    ? await prepareSeeded(options, settings.database, time)
    : await prepareAsFound(options, settings.database, time);
  return {
    ...ready,
    books: await ready.database.books(),
    newestOrder: await ready.database.newestOrder(),
    depletion: await ready.database.depletion(ready.largestAmount),
  };
}

type Ready = Omit<Prepared, 'books' | 'newestOrder' | 'depletion'>;

async function prepareSeeded(
  { plan, part, api, profile, settings, seeder: connect }: PreparationOptions,
  databaseSettings: DatabaseSettings,
  time: IterationTime,
): Promise<Ready> {
  const largestAmount = Math.max(...plan.amounts);
  const budget = capacityOf(plan, time, largestAmount);
  const seeder = await connect();
  const stock = await seedLoadStock(seeder, api, plan, part, budget, settings.randomSeed);
  const database = await LoadDatabase.connect(databaseSettings, profile, idsOf(stock), true);
  return { stock, budget, largestAmount, database, seeder };
}

async function prepareAsFound(
  { plan, part, api, profile }: PreparationOptions,
  settings: DatabaseSettings,
  time: IterationTime,
): Promise<Ready> {
  const userIds = idsOfPart(plan, part, plan.userIds);
  const productIds = idsOfPart(plan, part, plan.productIds);
  const found = await LoadDatabase.connect(settings, profile, { userIds, productIds }, false);
  const products = orderedProducts(plan, await found.prices());
  await found.close();
  const stock = { userIds, products };
  const largestAmount = Math.max(...products.map(({ price }) => price));
  const database = await LoadDatabase.connect(settings, profile, idsOf(stock), false);
  try {
    await assertSameSystem(api, database, userIds[0] ?? plan.userIds.first);
    const { balanceLowest, stockLowest } = await database.holdings();
    const holdings = { balanceLowest: balanceLowest ?? 0, stockLowest: stockLowest ?? 0 };
    const budget = capacityOf(plan, time, largestAmount, holdings);
    if (!budget.suffices && !plan.evenIfShort) throw new Blocked(describeShortfall(profile, plan, budget, holdings));
    return { stock, budget, largestAmount, database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const idsOf = ({ userIds, products }: LoadStock) => ({
  userIds,
  productIds: products.map(({ productId }) => productId),
});

async function assertSameSystem(api: ShopApi, database: LoadDatabase, userId: Id): Promise<void> {
  const { balance } = await database.rowsOf(userId, 0);
  if (balance === undefined) {
    throw new Blocked(
      `User ${userId} has no balance in the database. Set USER_IDS to users that are there, or SEED=on.`,
    );
  }
  const { answer, request, response, failure } = await api.getBalance(userId);
  if (answer?.balance === balance) return;
  throw new Blocked(
    `API and database are not the same system: user ${userId} has ${won(balance)} in the database, but ` +
      `${request.path} says ${response?.body.slice(0, 200) ?? failure ?? 'nothing'}. Point BASE_URL and DB_* at one system.`,
  );
}

const describeShortfall = (
  profile: TargetProfile,
  plan: LoadPlan,
  { neededPerAccount, neededPerProduct }: LoadBudget,
  { balanceLowest, stockLowest }: { balanceLowest: number; stockLowest: number },
): string => {
  const cure = curingSql(profile, plan, {
    ...(balanceLowest < neededPerAccount && { balance: neededPerAccount }),
    ...(stockLowest < neededPerProduct && { stock: neededPerProduct }),
  });
  return (
    `What is there cannot suffice: the run needs ${won(neededPerAccount)} an account and ` +
    `${neededPerProduct.toLocaleString('en-US')} in stock a product, but the lowest account holds ${won(balanceLowest)} ` +
    `and the lowest stock is ${stockLowest.toLocaleString('en-US')}. Set SEED=on, or run:\n${cure}`
  );
};
