import type { LedgerBreach } from '../../ledger/ledger.ts';

/** Returns what the tables show, in numbers where the check has any. */
export function factOfBreach({ check, sentence, userId, productId, expected = 0, seen = 0 }: LedgerBreach): string {
  // Of one that is known from the API alone, or of no single row, the sentence says it all.
  if (userId === undefined && productId === undefined) return sentence;
  const difference = seen - expected;
  if (check === 'below-zero') return `the balance of user ${userId} went to ${seen} won`;
  if (check === 'oversold') return `the stock of product ${productId} went to ${seen}`;
  if (check === 'money') {
    const odd = difference < 0 ? `${-difference} won are gone` : `${difference} won came from nowhere`;
    return `${odd}: the balance of user ${userId} is ${seen} won and should be ${expected}`;
  }
  if (check === 'stock') {
    const odd = difference < 0 ? `${-difference} pieces too few` : `${difference} pieces too many`;
    return `${odd}: the stock of product ${productId} is ${seen} and should be ${expected}`;
  }
  return sentence;
}
