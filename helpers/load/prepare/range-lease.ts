import { Blocked } from '../../text/blocked.ts';
import { connectDatabase } from '../../database/connection/database-connection.ts';
import type { Id } from '../../profile/ids.ts';
import { takeProcessLock } from '../../database/locks/process-lock.ts';
import { Leaseholder } from '../../seeding/leases/leaseholder.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import { idsOfPart } from './load-stock.ts';
import type { LoadPlan } from '../plan/load-plan.ts';

/** Users and products that are there, held against all other runs. */
export interface RangeLease {
  release(): Promise<void>;
}

// A scenario that holds some of them is over by then, or others follow it.
const usualWaitMs = 5000;
// Another part of the same run may be at taking its own.
const waitForAnIdMs = 1;

/**
 * Takes the users and products of one part of a run, with the locks with which scenarios lease theirs: money and stock
 * that two runs move at once belong to neither.
 *
 * @param maxWaitMs how long to wait for others to release theirs.
 * @throws Blocked when another run holds one of them.
 */
export async function leaseRange(
  plan: LoadPlan,
  part: number,
  settings: DatabaseSettings,
  maxWaitMs = usualWaitMs,
): Promise<RangeLease> {
  const ids = { user: idsOfPart(plan, part, plan.userIds), product: idsOfPart(plan, part, plan.productIds) };
  const pool = await connectDatabase(settings, 1);
  try {
    const processLock = await takeProcessLock(pool);
    const holder = new Leaseholder(processLock, settings.name, ids);
    const wanted = { user: ids.user.length, product: ids.product.length };
    const waitMs = maxWaitMs + waitForAnIdMs * (wanted.user + wanted.product);
    if (await holder.take(wanted, waitMs)) {
      return {
        // The server frees the locks with their connection.
        release: async () => {
          await processLock.release();
          await pool.end();
        },
      };
    }
    const [users, products] = [await holder.heldByOthers('user'), await holder.heldByOthers('product')];
    await processLock.release();
    throw new Blocked(
      `Another run holds ${users} of the users ${rangeOf(ids.user)} and ${products} of the products ` +
        `${rangeOf(ids.product)} at this moment, and neither run could tell its payments from the other's: start again when that one is over, or set USER_IDS and PRODUCT_IDS to ranges of this run's own.`,
    );
  } catch (error) {
    await pool.end();
    throw error;
  }
}

const rangeOf = (ids: readonly Id[]): string => `${ids[0]}-${ids.at(-1)}`;
