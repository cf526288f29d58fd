import { distance } from 'fastest-levenshtein';

/** Names from outside can be of any length; comparing them takes time by the product of the two. */
const maxLength = 100;

/** A name without what spellings differ in: `order_id`, `orderId` and `Order-ID` are one. */
export const normalizeName = (name: string): string =>
  name
    .slice(0, maxLength)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** How alike two names are: 0 for strangers, 1 for the same in another spelling. */
export function nameSimilarity(one: string, other: string): number {
  const [a, b] = [normalizeName(one), normalizeName(other)];
  if (a === '' || b === '') return 0;
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  // Plurals and abbreviations: `users` and `user`, `total` and `totalAmount`, `id` and `orderId`.
  if (short.length >= 2 && (long.startsWith(short) || long.endsWith(short)))
    return 0.5 + (0.4 * short.length) / long.length;
  const share = 1 - distance(a, b) / long.length;
  return share >= 0.6 ? share * 0.8 : 0;
}

/** The name that is most like another one, if any is. */
export function nearestName(wanted: string, names: Iterable<string>): string | undefined {
  const [best] = [...names]
    .map((name) => ({ name, like: nameSimilarity(wanted, name) }))
    .filter(({ like }) => like > 0)
    .toSorted((one, other) => other.like - one.like);
  return best?.name;
}
