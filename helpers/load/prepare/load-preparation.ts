import { assertHealthy, blamingHealth } from '../../seeding/healthy.ts';
import { UserError } from '../../text/user-error.ts';
import { iterationTime, type IterationTime } from '../plan/capacity.ts';
import { fastestAnswerMs } from './fastest-answer.ts';
import { removeLoadStock } from './load-stock.ts';
import type { PreparationOptions, Prepared, Ready } from './preparation.ts';
import { prepareAsFound } from './prepare-as-found.ts';
import { prepareSeeded } from './prepare-seeded.ts';
import { assertLoadApiSuffices, prepareThroughApi } from './prepare-through-api.ts';
import { leaseRange } from './range-lease.ts';

/**
 * Seeds accounts and products, or looks at those that are there.
 *
 * @throws Blocked when the API fails, or what is there cannot suffice, with the numbers and what cures it. Nothing that was seeded stays
 * then, as long as the database answers.
 */
export async function prepareLoad(options: PreparationOptions): Promise<Prepared> {
  const { plan, api, settings } = options;
  if (!settings.database) assertLoadApiSuffices(options);
  const odd = api.offers('health') ? assertHealthy(await api.health(), settings.baseUrl ?? '') : undefined;
  const measuredMs = plan.iterationMs === undefined ? await fastestAnswerMs(api, plan.productIds.first) : undefined;
  const time = iterationTime(plan, measuredMs);
  const ready = await blamingHealth(odd, () => readyFor(options, time));
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
