import type { Operation } from '../document/operation.ts';
import { wordsOf } from '../words/words-of.ts';
import { matchFields } from './match-fields.ts';

const paging = ['page', 'size', 'limit', 'offset', 'cursor', 'skip', 'take', 'per'];

/**
 * Returns the place of the list of orders or products that an operation answers; `''` where the answer itself is the
 * list, undefined where there is none. A page of all products hardly has the one that is asked for.
 */
export function listedIn(
  { answer, answersList, parameters }: Operation,
  thing: 'orderId' | 'productId',
): string | undefined {
  const isPaged = parameters.some(({ name }) => wordsOf(name).some((word) => paging.includes(word)));
  if (thing === 'productId' && isPaged) return undefined;
  const value = thing === 'orderId' ? 'totalAmount' : 'price';
  const lists = answersList ? [''] : new Set(answer.flatMap(({ list }) => (list === undefined ? [] : [list])));
  return [...lists].find((list) => {
    const found = matchFields(answer, { wanted: [thing, value], ofThing: thing, ...(list !== '' && { list }) });
    return found[thing] !== undefined && found[value] !== undefined;
  });
}
