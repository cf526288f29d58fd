const grouped = (value: number, decimals: number): string =>
  // No "-0.00".
  (Math.abs(value) < 0.5 / 10 ** decimals ? 0 : value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });

/** Text in place of a figure that was not measured. */
export const notMeasured = 'not measured';

/** Formats a whole number, or one with at most two decimals: `1,234`, `1.5`. */
export const plain = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Formats a number with fixed decimals: `1,234.50`. */
export const fixed = (value: number, decimals = 2): string => grouped(value, decimals);

/** Formats a time in milliseconds: `812.43`. */
export const ms = (value: number | undefined): string => (value === undefined ? notMeasured : fixed(value));

/** Formats a rate per second: `190.48/s`. */
export const perSecond = (value: number): string => `${fixed(value)}/s`;

/**
 * Formats a share from 0 to 1 as a percentage, `99.87 %`. It is never rounded to 0 or 100 when it is not exactly that:
 * one refusal among a million requests is worth seeing.
 */
export function percent(share: number | undefined): string {
  if (share === undefined) return notMeasured;
  if (share > 0 && share < 0.00005) return '<0.01 %';
  if (share < 1 && share > 0.99995) return '>99.99 %';
  return `${fixed(share * 100)} %`;
}

/** Formats a duration: `0.8 s`, `42 s`, `3 min 30 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${plain(Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
