import { distance } from 'fastest-levenshtein';

/** Names from outside can be of any length, and the time of a comparison grows with the product of the two. */
const maxLength = 100;

/** Returns a name without the differences of spelling: `order_id`, `orderId` and `Order-ID` become one. */
export const normalizeName = (name: string): string =>
  name
    .slice(0, maxLength)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Returns how similar two names are: 0 when they have nothing in common, 1 when only their spelling differs. */
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

/** Returns the name that is most similar to another one; undefined when none is similar. */
export function nearestName(wanted: string, names: Iterable<string>): string | undefined {
  const [best] = [...names]
    .map((name) => ({ name, similarity: nameSimilarity(wanted, name) }))
    .filter(({ similarity }) => similarity > 0)
    .toSorted((one, other) => other.similarity - one.similarity);
  return best?.name;
}

/**
 * Returns the end of an error about an unknown name: ` (did you mean …?)`, or nothing when no known name is similar.
 */
export function didYouMean(unknown: string, names: Iterable<string>): string {
  const near = nearestName(unknown, names);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

const lettersOf = (name: string): string => Array.from(name).toSorted().join('');

/** Returns whether a name is another one with a letter or two wrong, or with its letters in another order. */
export function isMisspelled(name: string, known: string): boolean {
  // Many names are but a letter or two away from a short one.
  const maxDistance = known.length > 8 ? 2 : known.length > 4 ? 1 : 0;
  return distance(known, name.slice(0, maxLength)) <= maxDistance || lettersOf(known) === lettersOf(name);
}
