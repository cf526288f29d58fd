import { auditLoad, noLedger } from './load-ledger.ts';
import type { Counters, LoadPart } from './load-part.ts';
import type { Prepared } from './load-preparation.ts';

/** Looks at the tables after a run; where they have gone with the API, it says so, and the rest of the report stands. */
export async function auditRun(
  { database, books, newestOrder, largestAmount, depletion: before }: Prepared,
  counters: Counters,
): Promise<Pick<LoadPart, 'ledger' | 'depletion'>> {
  try {
    const oddOrders = await database.oddOrders(newestOrder);
    const ledger = auditLoad(books, await database.books(), counters, oddOrders);
    return { ledger, depletion: { before, after: await database.depletion(largestAmount) } };
  } catch (error) {
    return { ledger: { ...noLedger, notAudited: error instanceof Error ? error.message : String(error) } };
  }
}
