import { isOffered } from '../../profile/endpoint-forms.ts';
import { authenticatedApi } from '../../api/login/authenticated-api.ts';
import { Blocked } from '../../text/blocked.ts';
import { describeAnswer, type Exchange } from '../../api/answers/exchange.ts';
import { idFromTable } from '../../profile/ids.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import { unexpectedAnswer, UnexpectedAnswer } from '../../seeding/unexpected-answer.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { keepAliveTransport } from '../../api/transports/keep-alive-transport.ts';
import { ApiHoldings, looksAtOnce } from '../audit/api-holdings.ts';
import { capacityOf, type IterationTime } from '../plan/capacity.ts';
import { lackingThroughApi } from './cure-through-api.ts';
import { fewAtOnce } from './few-at-once.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import type { PreparationOptions, Ready } from './preparation.ts';
import { idsOfPart, orderedProducts } from './load-stock.ts';
import type { LoadBudget } from '../measure/load-summary.ts';
import { Shortfall } from './shortfall.ts';
import { sufficientIterations } from '../plan/sufficient-iterations.ts';

/** Options of a preparation without a database. */
type ApiPreparation = Pick<PreparationOptions, 'plan' | 'part' | 'settings' | 'profile'>;

const needed = ['getBalance', 'getProduct'] as const;

/**
 * Makes sure that a load run without a database has what it needs: ranges to use, and an API that shows what they hold.
 *
 * @throws Blocked that names the settings or the endpoints that are missing.
 */
export function assertLoadApiSuffices({ plan, settings, profile }: ApiPreparation): void {
  const { userIds, productIds } = settings.leases;
  if (plan.seed || !userIds || !productIds) {
    throw new Blocked(
      'BASE_URL is set but DB_HOST is not, so that no users and products can be inserted: set SEED=off and both USER_IDS ' +
        'and PRODUCT_IDS to ranges that the run may use up (such as USER_IDS=1-100 PRODUCT_IDS=1-10), or set DB_HOST ' +
        '(and DB_PORT, DB_USER, DB_PASSWORD, DB_NAME) to the database behind BASE_URL.',
    );
  }
  const lacking = needed.filter((name) => !isOffered(profile.endpoints[name]));
  if (lacking.length === 0) return;
  throw new Blocked(
    `A load run without a database looks at balances and stock through the API, but the target ${profile.name} has no ` +
      `${lacking.join(' and no ')}. Set DB_HOST to the database behind BASE_URL.`,
  );
}

/**
 * Looks through the API at the accounts and products that are there, over connections of its own, and uses them as they
 * are.
 *
 * @throws Blocked when they cannot suffice, with the numbers and what can be done without SQL.
 */
export async function prepareThroughApi(options: ApiPreparation, time: IterationTime): Promise<Ready> {
  const { plan, part, settings, profile } = options;
  const transport = keepAliveTransport(settings.baseUrl ?? '', settings.requestTimeoutMs, settings.apiCa?.pem);
  const api = authenticatedApi({ settings, profile, transport });
  try {
    const accounts = await accountsOf(api, plan, part, profile);
    const found = await productsOf(api, plan, part, profile);
    const products = orderedProducts(profile, plan, found, '');
    const prices = products.map(({ price }) => price);
    const holdings = {
      balanceLowest: Math.min(...accounts.map(({ balance }) => balance)),
      stockLowest: Math.min(...products.map(({ stock }) => stock)),
    };
    const budget = capacityOf(profile, plan, time, [prices], holdings);
    if (!budget.suffices && !plan.evenIfShort) {
      const iterations = sufficientIterations(profile, plan, [prices], holdings);
      throw new Shortfall(profile, budget, cureOf(profile, plan, budget, iterations));
    }
    const opening = { accounts, products };
    return {
      stock: { userIds: accounts.map(({ userId }) => userId), products },
      budget,
      largestAmount: Math.max(...prices),
      view: new ApiHoldings(api, opening, () => transport.close()),
      opening,
    };
  } catch (error) {
    await transport.close();
    throw error;
  }
}

const accountsOf = (api: ShopApi, plan: LoadPlan, part: number, { ids }: TargetProfile) => {
  const userIds = idsOfPart(plan, part, plan.userIds).map((id) => idFromTable(ids.user, id));
  return fewAtOnce(userIds, looksAtOnce, async (userId) => {
    const { balance } = shown(await api.getBalance(userId), `user ${userId} of USER_IDS`);
    return { userId, balance };
  });
};

/** Returns the products of the range that exist: a gap in it is none of the users' doing. */
const productsOf = async (api: ShopApi, plan: LoadPlan, part: number, { ids }: TargetProfile) => {
  const productIds = idsOfPart(plan, part, plan.productIds).map((id) => idFromTable(ids.product, id));
  const found = await fewAtOnce(productIds, looksAtOnce, async (productId) => {
    const exchange = await api.getProduct(productId);
    if (exchange.refusal?.reason === 'unknown-product') return [];
    const { price, stock } = shown(exchange, `product ${productId} of PRODUCT_IDS`);
    return [{ productId, price, stock }];
  });
  return found.flat();
};

const shown = <Answer>(exchange: Exchange<Answer>, name: string): Answer => {
  if (exchange.answer !== undefined) return exchange.answer;
  const { method, path } = exchange.request;
  const seen = `${method} ${path} was answered ${describeAnswer(exchange)}`;
  throw (
    unexpectedAnswer(exchange) ??
    new UnexpectedAnswer(
      seen,
      `The API does not show ${name}: ${seen}. Set USER_IDS and PRODUCT_IDS to those that are there.`,
    )
  );
};

const cureOf = (profile: TargetProfile, plan: LoadPlan, budget: LoadBudget, iterations: number): string => {
  const smaller =
    iterations > 0
      ? `LOAD_ITERATIONS=${iterations} is what it suffices for (in place of LOAD_STAGES and LOAD_RATE)`
      : 'it does not suffice for a single iteration as it is';
  return `Without a database: ${lackingThroughApi(profile, plan, budget)}, or make the run smaller: ${smaller}.`;
};
