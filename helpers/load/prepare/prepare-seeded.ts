import type { DatabaseSettings } from '../../settings/settings.ts';
import { missingRights } from '../../database/structure/missing-rights.ts';
import { Blocked } from '../../text/blocked.ts';
import { capacityOf, type IterationTime } from '../plan/capacity.ts';
import { LoadDatabase } from '../audit/load-database.ts';
import type { PreparationOptions, Ready } from './preparation.ts';
import { idsOfStock, removeLoadStock, seedLoadStock, seededPrices } from './load-stock.ts';

/**
 * Inserts accounts and products of this part's own.
 *
 * @throws whatever keeps it from that; nothing of it stays then.
 */
export async function prepareSeeded(
  { plan, part, api, profile, settings, seeder: connect }: PreparationOptions,
  databaseSettings: DatabaseSettings,
  time: IterationTime,
): Promise<Ready> {
  const largestAmount = Math.max(...plan.amounts);
  const budget = capacityOf(profile, plan, time, seededPrices(plan));
  const seeder = await connect();
  try {
    const lacking = await missingRights(seeder, { insertsUsers: true, insertsProducts: true });
    if (lacking) throw new Blocked(`${lacking.lack}. ${lacking.cure}`);
    const stock = await seedLoadStock(seeder, api, plan, part, budget, settings.randomSeed);
    try {
      const database = await LoadDatabase.connect(databaseSettings, profile, {
        ...idsOfStock(stock),
        productsAreOwn: true,
      });
      return { stock, budget, largestAmount, view: database, database, seeder };
    } catch (error) {
      await removeLoadStock(seeder, stock).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    await seeder.close().catch(() => undefined);
    throw error;
  }
}
