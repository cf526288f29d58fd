import { Blocked } from '../../text/blocked.ts';
import { describeAnswer } from '../../api/answers/exchange.ts';
import { idFromTable } from '../../profile/ids.ts';
import type { Settings } from '../../settings/settings.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import { isOffered } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { unexpectedAnswer, UnexpectedAnswer } from '../unexpected-answer.ts';

/** The promises that a run without a database cannot prove, for its report. */
export const notProvenByApi =
  'that the tables hold one payment an order and no row that no answer named; that races are won when requests ' +
  'are held back until they meet (bursts are not forced); money and stock at every instant of a burst; expired and ' +
  'purged keys; prices and stock that change without the API. All orders, payments and top-ups stay, ' +
  'and nothing locks the users and products: two runs at once need ranges of their own.';

/** Returns the calls without which nothing can be made ready: of balances where users hold any, and of products. */
const neededBy = (holdsBalances: boolean) =>
  holdsBalances ? (['getBalance', 'chargeBalance', 'getProduct'] as const) : (['getProduct'] as const);

/**
 * Makes sure that a run can do without a database.
 *
 * @throws Blocked that says which setting, endpoint, user or product is missing.
 */
export async function assertApiSuffices(settings: Settings, profile: TargetProfile, api: ShopApi): Promise<void> {
  const { userIds, productIds } = settings.leases;
  if (!userIds || !productIds) {
    const missing = [!userIds && 'USER_IDS', !productIds && 'PRODUCT_IDS'].filter(Boolean).join(' and ');
    throw new Blocked(
      `BASE_URL is set but DB_HOST is not, so that no users and products can be inserted: set ${missing} to those ` +
        'that the run may use up (such as USER_IDS=1-40 PRODUCT_IDS=1-10), or set DB_HOST (and DB_PORT, DB_USER, ' +
        'DB_PASSWORD, DB_NAME) to the database behind BASE_URL.',
    );
  }
  const holdsBalances = isOffered(profile.tables.balances);
  const lacking = neededBy(holdsBalances).filter((name) => !isOffered(profile.endpoints[name]));
  if (lacking.length > 0) {
    throw new Blocked(
      `A run without a database needs calls of the API to look up and top up, but the target ${profile.name} has no ` +
        `${lacking.join(', ')}. Set DB_HOST to the database behind BASE_URL.`,
    );
  }
  const [user = ''] = userIds.ids;
  const [product = ''] = productIds.ids;
  for (const { name, look } of [
    ...(holdsBalances
      ? [{ name: `user ${user} of USER_IDS`, look: () => api.getBalance(idFromTable(profile.ids.user, user)) }]
      : []),
    {
      name: `product ${product} of PRODUCT_IDS`,
      look: () => api.getProduct(idFromTable(profile.ids.product, product)),
    },
  ]) {
    const exchange = await look();
    if (exchange.outcome === 'ok' && !exchange.malformed) continue;
    const seen = `${exchange.request.method} ${exchange.request.path} was answered ${describeAnswer(exchange)}`;
    throw (
      unexpectedAnswer(exchange) ??
      new UnexpectedAnswer(
        seen,
        `The API does not show ${name}: ${seen}. Is the path of BASE_URL right? If so, set USER_IDS and PRODUCT_IDS to those that are there.`,
      )
    );
  }
}
