import type { TargetProfile } from '../target-profile/target-profile.ts';
import { leftBehind } from './left-behind.ts';
import { auditLoad, noLedger } from './load-ledger.ts';
import type { Counters, LoadPart } from './load-part.ts';
import type { Prepared } from './load-preparation.ts';

/** Looks at the tables after a run; where they have gone with the API, it says so, and the rest of the report stands. */
export async function auditRun(
  { database, books, newestOrder, largestAmount, depletion: before, seeder, stock }: Prepared,
  counters: Counters,
  profile: TargetProfile,
): Promise<Pick<LoadPart, 'ledger' | 'depletion' | 'left'>> {
  try {
    const oddOrders = await database.oddOrders(newestOrder);
    const now = { books: await database.books(), newestOrder: await database.newestOrder() };
    const ledger = auditLoad(books, now.books, counters, oddOrders);
    return {
      ledger,
      depletion: { before, after: await database.depletion(largestAmount) },
      // What was seeded is removed with all its orders.
      ...(!seeder && {
        left: leftBehind(profile, stock.userIds, { books, newestOrder }, now, counters.orders_created),
      }),
    };
  } catch (error) {
    return { ledger: { ...noLedger, notAudited: error instanceof Error ? error.message : String(error) } };
  }
}
