import { groupedInWords, type Decimals } from '../profile/amount-in-words.ts';

/** Amounts of the original incident's payments, in won. */
export const paymentAmounts = [10_000, 20_000, 30_000, 50_000] as const;

/** The balance and stock that a worker's payments need. */
export interface Budget {
  readonly payments: number;
  /** Largest amount of one payment, in won. */
  readonly largestAmount: number;
  readonly safetyMargin: number;
  /** payments × largest amount × safety margin, in won. */
  readonly balance: number;
  /** payments × safety margin, in pieces. */
  readonly stock: number;
}

// 25,000,000 × 1.1 is 27,500,000.000000004 in binary, which must not be rounded up by a whole won.
const roundedUp = (value: number): number => {
  const nearest = Math.round(value);
  return Math.abs(value - nearest) <= 2 * Number.EPSILON * value ? nearest : Math.ceil(value);
};

/**
 * Returns the balance and stock that suffice for a number of payments, whatever amounts are drawn.
 *
 * @throws RangeError when the product is beyond what a whole number can hold exactly.
 */
export function budgetFor(
  payments: number,
  safetyMargin: number,
  largestAmount: number = Math.max(...paymentAmounts),
): Budget {
  const balance = roundedUp(payments * largestAmount * safetyMargin);
  if (!Number.isSafeInteger(balance)) {
    throw new RangeError(
      `${payments} payments of ${largestAmount} won × ${safetyMargin} are too many to count exactly`,
    );
  }
  return { payments, largestAmount, safetyMargin, balance, stock: roundedUp(payments * safetyMargin) };
}

/** Describes the arithmetic: `500 payments × 50,000 won × 2 = 50,000,000 won`. */
export function describeBudget({ payments, largestAmount, safetyMargin, balance }: Budget, money: Decimals): string {
  const [each, all] = [largestAmount, balance].map((amount) => groupedInWords(amount, money));
  return `${payments.toLocaleString('en-US')} payments × ${each} × ${safetyMargin} = ${all}`;
}
