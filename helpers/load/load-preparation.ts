import { Blocked } from '../blocked.ts';
import type { Id } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { ShopApi } from '../shop-api.ts';
import type { ShopDatabase } from '../shop-database.ts';
import type { TargetProfile } from '../target-profile/target-profile.ts';
import { iterationTime } from './capacity.ts';
import { fastestAnswerMs } from './fastest-answer.ts';
import type { LoadDatabase } from './load-database.ts';
import type { Books } from './load-rows.ts';
import type { Depletion } from './load-part.ts';
import type { LoadPlan } from './load-plan.ts';
import { removeLoadStock, type LoadStock } from './load-stock.ts';
import type { LoadBudget } from './load-summary.ts';
import { prepareAsFound } from './prepare-as-found.ts';
import { prepareSeeded } from './prepare-seeded.ts';

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
  readonly database: LoadDatabase;
  /** What inserted the stock and can remove it again. */
  readonly seeder?: ShopDatabase;
}

/** What one part of a run starts from. */
export interface Prepared extends Ready {
  /** What the tables said beforehand. */
  readonly books: Books;
  readonly newestOrder: Id | undefined;
  readonly depletion: Depletion;
}

/**
 * Seeds accounts and products, or looks at those that are there.
 *
 * @throws Blocked when what is there cannot suffice, with the numbers and the SQL that cures it. Nothing that was seeded
 * stays then, as long as the database answers.
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
  try {
    return {
      ...ready,
      books: await ready.database.books(),
      newestOrder: await ready.database.newestOrder(),
      depletion: await ready.database.depletion(ready.largestAmount),
    };
  } catch (error) {
    await giveBack(ready).catch(() => undefined);
    throw error;
  }
}

/**
 * Removes what was seeded, with all its orders, and disconnects.
 *
 * @throws whatever keeps the rows from being removed.
 */
export async function giveBack({ database, seeder, stock }: Ready): Promise<void> {
  await database.close().catch(() => undefined);
  try {
    if (seeder) await removeLoadStock(seeder, stock);
  } finally {
    await seeder?.close().catch(() => undefined);
  }
}
