import { counted } from '../../text/words/counted.ts';
import { amountInWords, plainAmount, type Decimals } from '../../profile/amount-in-words.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';

/** Returns what the tables show, in numbers where the check has any. */
export function factOfBreach(breach: LedgerBreach, money: Decimals): string {
  const { check, sentence, userId, productId, expected = 0, seen = 0, isUnderWay = false } = breach;
  // Of one that is known from the API alone, or of no single row, the sentence says it all.
  if (userId === undefined && productId === undefined) return sentence;
  const difference = seen - expected;
  if (check === 'below-zero') return `the balance of user ${userId} went to ${amountInWords(seen, money)}`;
  if (check === 'oversold') return `the stock of product ${productId} went to ${seen}`;
  // What is so for a moment is not lost yet: a crash in that moment would lose it.
  if (isUnderWay && (check === 'money' || check === 'stock')) {
    const what = check === 'money' ? `the balance of user ${userId}` : `the stock of product ${productId}`;
    const [was, due] = [seen, expected].map((value) => (check === 'money' ? plainAmount(value, money) : value));
    const steps =
      "it does not change in one transaction with its order (`policies.paymentsCommit: 'in-steps'` if it is not to)";
    return `${what} was ${was} and should have been ${due} for a moment, while requests were under way: ${steps}`;
  }
  if (check === 'money') {
    const odd = `${amountInWords(Math.abs(difference), money)} ${difference < 0 ? 'are gone' : 'came from nowhere'}`;
    return `${odd}: the balance of user ${userId} is ${amountInWords(seen, money)} and should be ${plainAmount(expected, money)}`;
  }
  if (check === 'stock') {
    const odd = `${counted(Math.abs(difference), 'piece')} too ${difference < 0 ? 'few' : 'many'}`;
    return `${odd}: the stock of product ${productId} is ${seen} and should be ${expected}`;
  }
  return sentence;
}
