import { Blocked } from './blocked.ts';
import { won } from './budget.ts';
import { describeAnswer, describeOutcome } from './exchange.ts';
import type { Id } from './ids.ts';
import type { ShopApi } from './shop-api.ts';
import { shownBalance } from './shown-balance.ts';

/** How long a target may cache a balance before it counts as another system's. */
const longestCacheMs = 10_000;

/**
 * Makes sure that the API says the balance that was written by SQL; a target that shows no balances is trusted.
 *
 * @param balance in the smallest unit.
 * @returns for how long, in milliseconds, the API has shown an older balance.
 * @throws Blocked when the API knows another balance, or no such user: it does not read this database.
 */
export async function assertSeeded(api: ShopApi, userId: Id, balance: number, database: string): Promise<number> {
  if (!api.offers('getBalance')) return 0;
  const { exchange, staleMs } = await shownBalance(api, userId, balance, longestCacheMs);
  const { answer, request, response } = exchange;
  if (exchange.outcome === 'unknown') {
    throw new Blocked(
      `The API did not answer ${request.method} ${request.path}: ${describeOutcome(exchange)}. Is BASE_URL right?`,
    );
  }
  if (answer?.balance === balance) return staleMs;
  if (response?.status === 401 || response?.status === 403) {
    throw new Blocked(
      `The API does not accept who asks: ${request.method} ${request.path} says ${describeOutcome(exchange)}. ` +
        'Does the target profile say how requests are authenticated (`authentication`), and is the secret right (API_TOKEN, API_KEY or API_PASSWORD)?',
    );
  }
  const said = answer ? won(answer.balance) : describeAnswer(exchange);
  throw new Blocked(
    `API and database are not the same system: ${won(balance)} were written for user ${userId} to ${database}, ` +
      `but ${request.method} ${request.path} says ${said}. Point BASE_URL and DB_* at one system (and at its primary; a cache may be no older than ${longestCacheMs / 1000} s).`,
  );
}
