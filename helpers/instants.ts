/** RFC 9557 lets the name of a time zone follow a time, which `Date` does not know. */
const withoutZoneName = (text: string): string => text.replace(/\[!?[\w./+-]+\]$/, '');

/** @returns ms since 1970; NaN when the text is no time. */
export const parseInstant = (text: string): number => Date.parse(withoutZoneName(text));

const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** How texts without a zone are meant, nobody says: they are compared only with one another. */
const formOf = (instant: string | number): string =>
  typeof instant === 'number' ? 'number' : hasZone.test(withoutZoneName(instant)) ? 'with a zone' : 'without a zone';

const msOf = (instant: string | number): number => (typeof instant === 'number' ? instant : parseInstant(instant));

/**
 * Whether two times that a target tells are one, apart from what rounding to seconds does to them. Times in different
 * forms may be: what they mean cannot be told.
 */
export function mayBeOneInstant(one: string | number, other: string | number): boolean {
  if (formOf(one) !== formOf(other)) return true;
  return Math.abs(msOf(one) - msOf(other)) <= 2_000;
}
