import { Blocked } from '../../text/blocked.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { LoadDatabase } from '../audit/load-database.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import { idsOfPart } from './load-stock.ts';

/**
 * Makes sure that every account and product that a run is to use as it is has a row.
 *
 * @throws Blocked with how many have none.
 */
export async function assertAllExist(
  plan: LoadPlan,
  profile: TargetProfile,
  settings: DatabaseSettings,
): Promise<void> {
  const whole = { ...plan, parts: 1 };
  const userIds = idsOfPart(whole, 0, plan.userIds);
  const productIds = idsOfPart(whole, 0, plan.productIds);
  const database = await LoadDatabase.connect(settings, profile, { userIds, productIds, productsAreOwn: false });
  try {
    const { accounts, products } = await database.present();
    const absent = [
      ...describeAbsent('accounts of USER_IDS', plan.userIds, userIds.length, accounts),
      ...describeAbsent('products of PRODUCT_IDS', plan.productIds, productIds.length, products),
    ];
    if (absent.length === 0) return;
    throw new Blocked(`${absent.join(', and ')}. Set them to ids that are all in the database, or SEED=on.`);
  } finally {
    await database.close();
  }
}

const describeAbsent = (
  what: string,
  { first, last }: LoadPlan['userIds'],
  wanted: number,
  present: number,
): string[] => (present < wanted ? [`${wanted - present} of ${wanted} ${what} (${first}-${last}) are not there`] : []);
