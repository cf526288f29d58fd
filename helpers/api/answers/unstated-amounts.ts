import type { Exchange } from './exchange.ts';
import type { MoneyForm } from '../../profile/target-profile.ts';
import { parseJson } from '../../text/json.ts';
import type { StatedAmounts } from '../../refusals/stated-amounts.ts';

// No part of a date, a time, a decimal number or an id.
const wholeNumber = /(?<![\w.,#-]|\d:)(?:\d{1,3}(?:,\d{3})+|\d+)(?!\d|[.,:-]\d)/g;

const decimalNumber = /(?<![\w.,#-]|\d:)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,:-]\d)/g;

/** Returns the numbers of a body, those of amounts with decimals in the smallest unit, too. */
const numbersIn = (body: string, decimals: number): Set<number> => {
  const json = parseJson(body);
  // Serialized again, it has no escapes of letters, which end in digits.
  const text = json === undefined ? body : JSON.stringify(json);
  const numbers = (pattern: RegExp): number[] =>
    [...text.matchAll(pattern)].map(([digits]) => Number(digits.replaceAll(',', '')));
  const amounts = decimals === 0 ? [] : numbers(decimalNumber).map((amount) => Math.round(amount * 10 ** decimals));
  return new Set([...numbers(wholeNumber), ...amounts]);
};

/** Returns the amounts that a refusal does not state, neither in words that are understood nor as a number anywhere. */
export function unstatedAmounts(
  { refusal, response }: Exchange,
  amounts: StatedAmounts,
  { decimals }: Pick<MoneyForm, 'decimals'>,
): (keyof StatedAmounts)[] {
  const numbers = numbersIn(response?.body ?? '', decimals);
  return (['required', 'available'] as const).filter((name) => {
    const amount = amounts[name];
    return amount !== undefined && refusal?.[name] === undefined && !numbers.has(amount);
  });
}
