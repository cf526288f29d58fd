import type { Exchange } from './exchange.ts';
import { parseJson } from '../../text/json.ts';
import type { StatedAmounts } from '../../refusals/stated-amounts.ts';

// No part of a date, a time, a decimal number or an id.
const wholeNumber = /(?<![\w.,#-]|\d:)(?:\d{1,3}(?:,\d{3})+|\d+)(?!\d|[.,:-]\d)/g;

const numbersIn = (body: string): Set<number> => {
  const json = parseJson(body);
  // Serialized again, it has no escapes of letters, which end in digits.
  const text = json === undefined ? body : JSON.stringify(json);
  return new Set([...text.matchAll(wholeNumber)].map(([digits]) => Number(digits.replaceAll(',', ''))));
};

/** Returns the amounts that a refusal does not state, neither in words that are understood nor as a number anywhere. */
export function unstatedAmounts({ refusal, response }: Exchange, amounts: StatedAmounts): (keyof StatedAmounts)[] {
  const numbers = numbersIn(response?.body ?? '');
  return (['required', 'available'] as const).filter((name) => {
    const amount = amounts[name];
    return amount !== undefined && refusal?.[name] === undefined && !numbers.has(amount);
  });
}
