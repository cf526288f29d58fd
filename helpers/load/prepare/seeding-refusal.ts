import type { Settings } from '../../settings/settings.ts';
import type { LoadPlan } from '../plan/load-plan.ts';

/** Explains why a load run must not seed what it would, with the remedy; `undefined` where it may. */
export function seedingRefusal(
  { seed }: Pick<LoadPlan, 'seed'>,
  { leases: { userIds, productIds }, usesBundledShop, database }: Settings,
): string | undefined {
  if (!seed || (userIds ?? productIds) === undefined) return undefined;
  const withoutDatabase = !usesBundledShop && !database;
  return (
    'USER_IDS and PRODUCT_IDS forbid to insert rows, which a seeded load run does: set SEED=off to use them as they are' +
    (withoutDatabase ? ', and DB_HOST to the database behind BASE_URL.' : '.')
  );
}
