import { Blocked } from '../text/blocked.ts';
import { groupedInWords } from '../profile/amount-in-words.ts';
import { startLower } from '../text/words/start-lower.ts';
import { describeAnswer } from '../api/answers/exchange.ts';
import type { Id } from '../profile/ids.ts';
import type { ShopApi } from '../api/shop-api.ts';
import type { Policies } from '../profile/policies.ts';
import { pollUntilFresh } from '../api/poll-until-fresh.ts';
import { unexpectedAnswer, UnexpectedAnswer } from './unexpected-answer.ts';

/** Maximum time that a target may cache a balance before it counts as another system. */
export const maxCacheMs = 10_000;

/** The balance that the API must show for a user. */
interface KnownBalance {
  readonly userId: Id;
  /** In the smallest unit. */
  readonly balance: number;
  /** The source of this balance, in words. @example '5,000 won were written for user 7' */
  readonly known: string;
  /** Maximum time for which the API may show another one, in milliseconds. */
  readonly patienceMs: number;
  /** Advice for the case that it shows another one. */
  readonly remedy: string;
  /** A balance that the API has shown before and may have cached. */
  readonly earlier?: number;
}

/**
 * Makes sure that the API shows the balance that was written by SQL; a target that shows no balances is trusted.
 *
 * @param balance in the smallest unit.
 * @param earlier balance that the API has shown before, in the smallest unit, where it may still show that.
 * @returns how long, in milliseconds, the API has shown an older balance; Infinity where it never showed the new one.
 * @throws Blocked when the API shows another balance or no such user: it does not read this database. A 5xx, a redirect,
 *   a web page or no answer is said as such: nothing is concluded from it.
 */
export function assertSeeded(
  api: ShopApi,
  userId: Id,
  balance: number,
  database: string,
  earlier?: number,
): Promise<number> {
  return assertShown(api, {
    ...(earlier !== undefined && { earlier }),
    userId,
    balance,
    known: `${groupedInWords(balance, api.money)} were written for user ${userId} to ${database}`,
    patienceMs: maxCacheMs,
    remedy: `Point BASE_URL and DB_* at one system (and at its primary; a cache may be no older than ${maxCacheMs / 1000} s).`,
  });
}

/**
 * Makes sure that the API shows the balance that was found in the database; a target that shows no balances is trusted.
 *
 * @param balance in the smallest unit.
 * @throws Blocked when the API does not answer, rejects the authentication, or shows another balance.
 */
export async function assertSameBalance(
  api: ShopApi,
  userId: Id,
  balance: number,
  { balancesAreCachedForMs }: Pick<Policies, 'balancesAreCachedForMs'>,
): Promise<void> {
  await assertShown(api, {
    userId,
    balance,
    known: `user ${userId} has ${groupedInWords(balance, api.money)} in the database`,
    patienceMs: balancesAreCachedForMs,
    remedy:
      'Point BASE_URL and DB_* at one system (and at its primary); where the API caches balances, say for how long in the target profile (`policies.balancesAreCachedForMs`).',
  });
}

const notOneSystem = 'API and database are not the same system';

async function assertShown(
  api: ShopApi,
  { userId, balance, known, patienceMs, remedy, earlier }: KnownBalance,
): Promise<number> {
  if (!api.offers('getBalance')) return 0;
  const { exchange, staleMs } = await pollUntilFresh(
    () => api.getBalance(userId),
    (shown) => shown.balance === balance,
    patienceMs,
  );
  const { answer, request } = exchange;
  if (answer?.balance === balance) return staleMs;
  if (answer && answer.balance === earlier) return Infinity;
  const unexpected = unexpectedAnswer(exchange);
  if (unexpected) throw unexpected;
  const asked = `${request.method} ${request.path}`;
  if (answer)
    throw new Blocked(
      `${notOneSystem}: ${known}, but ${asked} says ${groupedInWords(answer.balance, api.money)}. ${remedy}`,
    );
  const said = describeAnswer(exchange);
  throw new UnexpectedAnswer(
    `${asked} was answered ${said}`,
    exchange.refusal?.reason === 'unknown-user' && exchange.refusal.namedBy !== 'status'
      ? `${notOneSystem}: ${known}, but ${asked} says ${said}. ${remedy}`
      : `The API does not show a balance: ${known}, but ${asked} says ${said}. Is the path of BASE_URL ` +
          'right, and does the target profile name path and fields rightly (npm run target:check says which line does ' +
          `not fit)? If so: ${startLower(remedy)}`,
  );
}
