import { deviationUnderLoad } from '../../findings/deviations/deviation-under-load.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { leftBehind, leftThroughApi } from './left-behind.ts';
import { answersAlone, auditLoad, noLedger } from './load-ledger.ts';
import type { Counters, LoadPart } from '../measure/load-part.ts';
import type { IterationParts } from '../run/iteration-parts.ts';
import type { Prepared } from '../prepare/preparation.ts';

type Audit = Pick<LoadPart, 'ledger' | 'deviations' | 'depletion' | 'left'>;

type Crashes = IterationParts['crashes'];

/**
 * Looks at the tables after a run; where they have gone with the API, it says so, and the rest of the report stands.
 *
 * @param crashes what was interrupted and acknowledged, where the run has killed its target.
 */
export async function auditRun(
  prepared: Prepared,
  counters: Counters,
  profile: TargetProfile,
  crashes?: Crashes,
): Promise<Audit> {
  const { tables, view, largestAmount, depletion: before, seeder, stock } = prepared;
  if (!tables) return lookThroughApi(prepared, counters, profile, crashes);
  const { database, books, newestOrder } = tables;
  try {
    const oddOrders = await database.oddOrders(newestOrder);
    const lost = crashes && (await database.lost(crashes.acknowledged));
    const now = { books: await database.books(), newestOrder: await database.newestOrder() };
    const after = await view.depletion(largestAmount);
    // A database that has lost what was committed may have lost all accounts or products.
    const hasRows = Number.isFinite(after.balanceLowest) && Number.isFinite(after.stockLowest);
    const { ledger, breaches } = auditLoad(profile, books, now.books, counters, oddOrders, lost);
    return {
      ledger,
      deviations: deviationsUnderLoad(profile, breaches, counters, crashes),
      ...(hasRows && { depletion: { before, after } }),
      // What was seeded is removed with all its orders.
      ...(!seeder && {
        left: leftBehind(profile, stock.userIds, { books, newestOrder }, now, counters.orders_created),
      }),
    };
  } catch (error) {
    return {
      deviations: [],
      ledger: { ...noLedger, notAudited: error instanceof Error ? error.message : String(error) },
    };
  }
}

/** Returns what can be said without tables: what accounts and products hold as the API shows it. */
async function lookThroughApi(
  { view, opening, largestAmount, depletion: before, stock }: Prepared,
  counters: Counters,
  profile: TargetProfile,
  crashes: Crashes,
): Promise<Audit> {
  // An API that has gone shows nothing any more; the answers until then stand.
  const after = await view.depletion(largestAmount).catch(() => undefined);
  const depletion = after && { before, after };
  const { ledger, breaches } = answersAlone(profile, opening, counters, depletion);
  return {
    ledger,
    deviations: deviationsUnderLoad(profile, breaches, counters, crashes),
    ...(depletion && { depletion }),
    left: leftThroughApi(stock.userIds, counters),
  };
}

const subjectOf = ({ userId, productId }: LedgerBreach): string => {
  if (userId !== undefined) return `user ${userId}`;
  return productId === undefined ? 'the run' : `product ${productId}`;
};

const lostChecks: readonly LedgerBreach['check'][] = ['answered-order-missing', 'answered-payment-missing'];

/** Returns whether a crash has interrupted what it is about, or has let go what was done. */
const isOfCrash = ({ check, userId, productId, orderId }: LedgerBreach, { outages }: NonNullable<Crashes>): boolean => {
  if (outages.all.length > 0 && lostChecks.includes(check)) return true;
  if (orderId !== undefined) return outages.interrupted(`order ${orderId}`);
  return outages.interrupted(userId === undefined ? `product ${productId}` : `user ${userId}`);
};

const deviationsUnderLoad = (
  profile: TargetProfile,
  breaches: readonly LedgerBreach[],
  { payments_tried: payments }: Counters,
  crashes: Crashes,
): LoadPart['deviations'] =>
  breaches.map((breach) => ({
    subject: subjectOf(breach),
    deviation: deviationUnderLoad(profile, breach, breaches, {
      last: payments > 0 ? 'pay' : 'createOrder',
      circumstance: crashes && isOfCrash(breach, crashes) ? 'after-crash' : 'under-load',
    }),
  }));
