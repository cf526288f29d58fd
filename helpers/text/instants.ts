/** RFC 9557 lets the name of a time zone follow a time, which `Date` does not know. */
const withoutZoneName = (text: string): string => text.replace(/\[!?[\w./+-]+\]$/, '');

/** ISO 8601 lets an offset be hours alone, which `Date` does not know. */
const withWholeOffset = (text: string): string => text.replace(/(:\d{2}(?:\.\d+)?[+-]\d{2})$/, '$1:00');

const asDateKnowsIt = (text: string): string => withWholeOffset(withoutZoneName(text));

/** @returns ms since 1970; NaN when the text is no time. */
export const parseInstant = (text: string): number => Date.parse(asDateKnowsIt(text));

// Before it are the times of fields that nobody has set: of the years 1, 1900 and 1970.
const earliest = Date.UTC(2000, 0);

/** Whether a text is a time at which something may have happened. */
export const isPlausibleInstant = (text: string): boolean => parseInstant(text) >= earliest;

const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** What rounding to seconds does to a time, and that the database's clock is not quite the service's. */
const maxRoundingMs = 30_000;

/** More than clocks that people look after are off, and less than any two zones are apart. */
const maxClockSkewMs = 29 * 60_000;

/** How texts without a zone are meant, nobody says: they are compared only with one another. */
const formOf = (instant: string | number): string =>
  typeof instant === 'number' ? 'number' : hasZone.test(asDateKnowsIt(instant)) ? 'with a zone' : 'without a zone';

const msOf = (instant: string | number): number => (typeof instant === 'number' ? instant : parseInstant(instant));

/**
 * Whether two times that a target tells are one, as far as rounding and two clocks let that be told. Times in different
 * forms may be: what they mean cannot be told.
 */
export function mayBeOneInstant(one: string | number, other: string | number): boolean {
  if (formOf(one) !== formOf(other)) return true;
  return Math.abs(msOf(one) - msOf(other)) <= maxRoundingMs;
}

/** Whether a time that a target tells may be `now` (ms since 1970) by its clock. One without a zone may be any time. */
export function mayBeNow(instant: string | number, now: number): boolean {
  return formOf(instant) !== 'with a zone' || Math.abs(msOf(instant) - now) <= maxClockSkewMs;
}
