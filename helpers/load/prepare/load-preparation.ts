import type { Id } from '../../profile/ids.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { UserError } from '../../text/user-error.ts';
import { iterationTime, type IterationTime } from '../plan/capacity.ts';
import { fastestAnswerMs } from './fastest-answer.ts';
import type { LoadDatabase } from '../audit/load-database.ts';
import type { Books } from '../audit/load-rows.ts';
import type { HoldingsView, Opening } from '../audit/holdings-view.ts';
import type { Depletion } from '../measure/load-part.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import { removeLoadStock, type LoadStock } from './load-stock.ts';
import type { LoadBudget } from '../measure/load-summary.ts';
import { prepareAsFound } from './prepare-as-found.ts';
import { prepareSeeded } from './prepare-seeded.ts';
import { assertLoadApiSuffices, prepareThroughApi } from './prepare-through-api.ts';
import { leaseRange, type RangeLease } from './range-lease.ts';

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

/** What one part of a run works with, and must give back. */
export interface Ready {
  readonly stock: LoadStock;
  readonly budget: LoadBudget;
  /** Of one payment, in won. */
  readonly largestAmount: number;
  /** Where it sees balances and stock. */
  readonly view: HoldingsView;
  /** The tables; absent where the run sees them only through the API. */
  readonly database?: LoadDatabase;
  /** What the API showed beforehand, where there are no tables to be seen. */
  readonly opening?: Opening;
  /** Holds users and products that are not the run's own against other runs. */
  readonly lease?: RangeLease;
  /** What inserted the stock and can remove it again. */
  readonly seeder?: ShopDatabase;
}

/** What one part of a run starts from. */
export interface Prepared extends Ready {
  /** What was seen beforehand. */
  readonly opening: Opening;
  /** What the tables said beforehand, where they can be seen. */
  readonly tables?: {
    readonly database: LoadDatabase;
    readonly books: Books;
    readonly newestOrder: Id | undefined;
  };
  readonly depletion: Depletion;
}

/**
 * Seeds accounts and products, or looks at those that are there.
 *
 * @throws Blocked when what is there cannot suffice, with the numbers and what cures it. Nothing that was seeded stays
 * then, as long as the database answers.
 */
export async function prepareLoad(options: PreparationOptions): Promise<Prepared> {
  const { plan, api, settings } = options;
  if (!settings.database) assertLoadApiSuffices(options);
  const measuredMs = plan.iterationMs === undefined ? await fastestAnswerMs(api, plan.productIds.first) : undefined;
  const time = iterationTime(plan, measuredMs);
  const ready = await readyFor(options, time);
  try {
    return {
      ...ready,
      ...(await openingOf(ready)),
      depletion: await ready.view.depletion(ready.largestAmount),
    };
  } catch (error) {
    await giveBack(ready).catch(() => undefined);
    throw error;
  }
}

async function readyFor(options: PreparationOptions, time: IterationTime): Promise<Ready> {
  const {
    plan,
    part,
    settings: { database },
  } = options;
  if (!database) return prepareThroughApi(options, time);
  if (plan.seed) return prepareSeeded(options, database, time);
  // Before anything is looked at, so that nobody changes it any more.
  const lease = await leaseRange(plan, part, database);
  try {
    return { ...(await prepareAsFound(options, database, time)), lease };
  } catch (error) {
    await lease.release().catch(() => undefined);
    throw error;
  }
}

async function openingOf({ database, opening }: Ready): Promise<Pick<Prepared, 'opening' | 'tables'>> {
  if (!database) return { opening: opening ?? { accounts: [], products: [] } };
  const books = await database.books();
  return { opening: books, tables: { database, books, newestOrder: await database.newestOrder() } };
}

/**
 * Removes what was seeded, with all its orders, and disconnects.
 *
 * @throws UserError when the rows cannot be removed.
 */
export async function giveBack({ view, seeder, stock, lease }: Ready): Promise<void> {
  await view.close().catch(() => undefined);
  await lease?.release().catch(() => undefined);
  try {
    if (seeder) await removeLoadStock(seeder, stock);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `What the run seeded could not be removed (${why}). The preflight of the next run removes it as soon as the database is back.`,
    );
  } finally {
    await seeder?.close().catch(() => undefined);
  }
}
