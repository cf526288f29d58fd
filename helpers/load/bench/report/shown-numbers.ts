import type { Spread } from '../spread.ts';

/** Text of a cell where nothing was measured. */
export const nothing = '–';

/** Formats a number with about three digits. @example '2.31', '23.1', '231' */
export const shownNumber = (value: number | undefined): string =>
  value === undefined ? nothing : value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);

/** Formats a median with its ends. @example '2.31 (2.20–2.52)' */
export const shownSpread = (spread: Spread | undefined): string => {
  if (spread === undefined) return nothing;
  const { median, min, max } = spread;
  return min === max ? shownNumber(median) : `${shownNumber(median)} (${shownNumber(min)}–${shownNumber(max)})`;
};
