import { authenticatedApi } from '../../api/login/authenticated-api.ts';
import { idFromTable, type Id } from '../../profile/ids.ts';
import type { IdList } from '../../settings/id-list.ts';
import type { Settings } from '../../settings/settings.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { keepAliveTransport } from '../../api/transports/keep-alive-transport.ts';
import { UserError } from '../../text/user-error.ts';
import { ApiOnlyRows } from './api-only-rows.ts';
import { ApiOnlyShop } from './api-only-shop.ts';

/** Returns the substitute for a missing database: it looks up and seeds rows over connections of its own. */
export function apiOnlySeeding(
  settings: Settings,
  profile: TargetProfile,
  { slot, workers }: { slot: number; workers: number },
) {
  const { baseUrl, leases } = settings;
  if (!baseUrl || !leases.userIds || !leases.productIds) {
    throw new UserError('BASE_URL is set but DB_HOST is not: an API-only run needs USER_IDS and PRODUCT_IDS.');
  }
  const transport = keepAliveTransport(baseUrl, settings.requestTimeoutMs, settings.apiCa?.pem);
  const api = authenticatedApi({ settings, profile, transport });
  const share = ({ ids }: IdList, kind: 'user' | 'product'): Id[] =>
    ids.filter((_, index) => index % workers === slot).map((id) => idFromTable(profile.ids[kind], id));
  const ids = { userIds: share(leases.userIds, 'user'), productIds: share(leases.productIds, 'product') };
  /** @param notApplicable ends the test. */
  const seedingOfTest = (notApplicable: (why: string) => void) => {
    const shopDatabase = new ApiOnlyShop(baseUrl, api, profile, notApplicable);
    return { shopDatabase, seeding: new ApiOnlyRows({ api, shop: shopDatabase, ...ids, notApplicable }) };
  };
  return { seedingOfTest, close: () => transport.close() };
}
