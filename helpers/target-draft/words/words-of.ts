/** Names from outside can be of any length. */
const maxLength = 200;

const singular = (word: string): string => {
  if (word.length <= 3 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word)) return word;
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1);
};

/**
 * Returns the words of a name, in lower case and singular: of `order_items`, `OrderItem` and `order-item` the same.
 *
 * @example wordsOf('unitPrices') // ['unit', 'price']
 */
export const wordsOf = (name: string): string[] =>
  name
    .slice(0, maxLength)
    .split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((word) => word !== '')
    .map((word) => singular(word.toLowerCase()));
