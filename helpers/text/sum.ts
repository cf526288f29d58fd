/**
 * Returns the sum of whole amounts. It adds in BigInt, so that only the result is rounded: amounts that cancel each
 * other out leave no error behind.
 *
 * @throws RangeError when an amount is no whole number.
 */
export function sum(amounts: readonly number[]): number {
  return Number(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
}
