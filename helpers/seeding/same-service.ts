import type { ShopApi } from '../api/shop-api.ts';
import type { Account } from '../database/rows/own-rows.ts';
import { Blocked } from '../text/blocked.ts';
import { assertHealthy } from './healthy.ts';
import { assertSeeded } from './seeded-balance.ts';

/** A further instance of the service under test. */
export interface OtherInstance {
  readonly address: string;
  readonly api: ShopApi;
}

/**
 * Makes sure that an instance answers its health check.
 *
 * @throws Blocked that names the instance when no answer comes, or a 5xx or another that is none of a health check.
 */
export async function assertInstanceHealthy({ address, api }: OtherInstance): Promise<void> {
  if (!api.offers('health')) return;
  const odd = await naming(address, async () => assertHealthy(await api.health(), address));
  if (odd !== undefined) throw new Blocked(`${ofInstance(address)}: ${odd}`);
}

/**
 * Makes sure that an instance shows a balance that is in the database behind the first one.
 *
 * @param account its user has been seeded; the first instance shows that balance.
 * @throws Blocked that names the instance when it shows another balance or no such user.
 */
export async function assertSameDatabase(
  { address, api }: OtherInstance,
  { userId, balance }: Pick<Account, 'userId' | 'balance'>,
  place: string,
): Promise<void> {
  await naming(address, () => assertSeeded(api, userId, balance, place));
}

const ofInstance = (address: string): string =>
  `Instance ${address} of BASE_URLS cannot be tested together with the first one`;

const naming = async <Result>(address: string, look: () => Result | Promise<Result>): Promise<Result> => {
  try {
    return await look();
  } catch (error) {
    throw error instanceof Blocked ? new Blocked(`${ofInstance(address)}: ${error.message}`) : error;
  }
};
