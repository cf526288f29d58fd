import type { MoneyForm } from './target-profile.ts';

type InTables = Pick<MoneyForm, 'decimals' | 'inTables'>;

const digitsBehindPoint = ({ decimals, inTables }: InTables): number => (inTables === 'decimal' ? decimals : 0);

/** Returns an amount in the smallest unit, 0 or more, as a column of the target takes it, however large it is. */
export function exactToTable(form: InTables, amount: bigint): string {
  const decimals = digitsBehindPoint(form);
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Returns the amount in the smallest unit that a column says; digits below that unit are left out. */
export function exactFromTable(form: InTables, text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  const decimals = digitsBehindPoint(form);
  return BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

/** Returns whether a JavaScript number holds an amount exactly. */
export const isSafeAmount = (amount: bigint): boolean => Number.isSafeInteger(Number(amount));
