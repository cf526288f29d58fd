import { toDecimal } from './money-codec.ts';

/** What there is to know of a target's amounts to say them; `money` of a profile has it. */
export interface Decimals {
  /** Digits behind the decimal point. Default: none. */
  readonly decimals?: number | undefined;
}

/** Returns an amount in the smallest unit as the target writes it, without its unit: `2000`, or `20.00`. */
export function plainAmount(amount: number | bigint, { decimals = 0 }: Decimals): string {
  return typeof amount === 'number' && !Number.isFinite(amount) ? String(amount) : toDecimal(amount, decimals);
}

/** Returns what is said of one or several amounts with their unit; those with decimals are in no unit that is known. */
export const withUnit = (said: string, { decimals = 0 }: Decimals): string => (decimals === 0 ? `${said} won` : said);

/** Returns an amount in the smallest unit for people: `2000 won`, or `20.00` where the target writes decimals. */
export const amountInWords = (amount: number | bigint, money: Decimals): string =>
  withUnit(plainAmount(amount, money), money);

/** Returns the same with its thousands grouped: `50,000 won`, or `1,500.00`. */
export function groupedInWords(amount: number, money: Decimals): string {
  const { decimals = 0 } = money;
  if (decimals === 0 || !Number.isFinite(amount)) return withUnit(amount.toLocaleString('en-US'), money);
  return plainAmount(Math.round(amount), money).replaceAll(/\d(?=(?:\d{3})+\.)/g, '$&,');
}

/** Returns whether a field is an amount, of rows or answers under the suite's names. */
const isAmountName = (name: string): boolean => /(?:amount|balance|price|total)$/i.test(name);

/** Returns rows or answers under the suite's names as JSON, with their amounts as the target writes them. */
export function rowsInWords(rows: unknown, { decimals = 0 }: Decimals): string {
  return JSON.stringify(rows, (name, value: unknown) =>
    decimals > 0 && typeof value === 'number' && isAmountName(name) ? plainAmount(value, { decimals }) : value,
  );
}
