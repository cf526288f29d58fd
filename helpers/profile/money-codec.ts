import type { MoneyForm } from './target-profile.ts';

/** Converts amounts in the smallest unit to the target's notations and back, exactly. */
export interface MoneyCodec {
  /** Takes fractions of the smallest unit too, which no target should accept. */
  readonly toJson: (amount: number) => number | string;
  /** Returns NaN for a value that is no amount in this form. */
  readonly fromJson: (value: unknown) => number;
  readonly toTable: (amount: number) => number | string;
  /** Returns NaN for a value that is no amount. */
  readonly fromTable: (value: unknown) => number;
}

const decimalText = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Returns an amount in the smallest unit with so many digits behind the decimal point, and what it has of fractions. */
export const toDecimal = (amount: number | bigint, decimals: number): string => {
  if (decimals === 0) return String(amount);
  const [whole = '', fraction = ''] = String(amount).replace('-', '').split('.');
  const digits = whole.padStart(decimals + 1, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}${fraction}`;
};

const fromDecimal = (text: string, decimals: number): number => {
  const [, sign = '', whole = '', fraction = ''] = decimalText.exec(text) ?? [];
  // No amount has digits below the smallest unit, unless they are zeros.
  if (whole === '' || /[1-9]/.test(fraction.slice(decimals))) return NaN;
  const amount = Number(`${sign}${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  return Number.isSafeInteger(amount) ? amount : NaN;
};

const integer = (value: unknown): number => (typeof value === 'number' && Number.isSafeInteger(value) ? value : NaN);

/** Returns the codec for amounts of this form; it never computes with binary fractions. */
export function moneyCodec({ decimals, inJson, inTables }: MoneyForm): MoneyCodec {
  const decimal = (amount: number): string => toDecimal(amount, decimals);
  // SUM() of an integer column is a DECIMAL, which arrives as text.
  const fromTable = (value: unknown): number =>
    typeof value === 'number' || typeof value === 'string'
      ? fromDecimal(String(value), inTables === 'decimal' ? decimals : 0)
      : NaN;
  const table = { fromTable, toTable: inTables === 'decimal' ? decimal : (amount: number) => amount };
  switch (inJson) {
    case 'minor-units':
      return { ...table, toJson: (amount) => amount, fromJson: integer };
    case 'decimal-string':
      return {
        ...table,
        toJson: decimal,
        fromJson: (value) => (typeof value === 'string' ? fromDecimal(value, decimals) : NaN),
      };
    case 'decimal-number':
      return {
        ...table,
        toJson: (amount) => Number(decimal(amount)),
        fromJson: (value) => (typeof value === 'number' ? fromDecimal(String(value), decimals) : NaN),
      };
  }
}
