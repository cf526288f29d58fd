import { answerSchemas } from '../../api/answers/answers.ts';
import type { CallName, Exchange } from '../../api/answers/exchange.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { amountInWords, plainAmount, type Decimals } from '../../profile/amount-in-words.ts';
import { startUpper } from '../../text/words/start-upper.ts';
import { callWords, isChanging } from '../kinds/call-words.ts';

/** What the API shows and the tables do not hold. */
export interface ShownOtherwise {
  readonly call: CallName;
  readonly shown: number;
  readonly sentence: string;
}

/** Returns the last look at each balance and each product after the last request that may have changed them. */
const lastLooks = (exchanges: readonly Exchange[]): Exchange[] => {
  const lastChange = exchanges.findLast(({ name, outcome }) => isChanging(name) && outcome !== 'refused');
  const since = lastChange ? lastChange.sentAtMs + lastChange.durationMs : -Infinity;
  const looks = exchanges.filter(
    ({ name, outcome, sentAtMs }) =>
      (name === 'getBalance' || name === 'getProduct') && outcome === 'ok' && sentAtMs >= since,
  );
  return [...new Map(looks.map((look) => [look.request.path, look])).values()];
};

/**
 * Returns where the API shows another balance or stock than the tables hold, of the last look at each.
 *
 * @param exchanges in the order in which they were sent
 */
export function shownOtherwise(
  exchanges: readonly Exchange[],
  { accounts, products }: LedgerSnapshot,
  money: Decimals,
): ShownOtherwise[] {
  return lastLooks(exchanges).flatMap(({ name, answer }) => {
    const balance = name === 'getBalance' ? answerSchemas.balance.safeParse(answer).data : undefined;
    const product = name === 'getProduct' ? answerSchemas.product.safeParse(answer).data : undefined;
    const shown = balance?.balance ?? product?.stock;
    const held = balance
      ? accounts.find(({ userId }) => userId === balance.userId)?.balance
      : products.find(({ productId }) => productId === product?.productId)?.stock;
    if (shown === undefined || held === undefined || shown === held) return [];
    const said = balance
      ? `${amountInWords(shown, money)} for user ${balance.userId}, the table holds ${plainAmount(held, money)}`
      : `${shown} pieces of product ${product?.productId}, the table holds ${held}`;
    const sentence = `${startUpper(callWords[name])}: the API shows ${said}: cached?`;
    return [{ call: name, shown, sentence }];
  });
}
