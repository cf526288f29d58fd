/** RFC 9557 lets the name of a time zone follow a time, which `Date` does not know. */
const withoutZoneName = (text: string): string => text.replace(/\[!?[\w./+-]+\]$/, '');

/** ISO 8601 lets an offset be hours alone, which `Date` does not know. */
const withWholeOffset = (text: string): string => text.replace(/(:\d{2}(?:\.\d+)?[+-]\d{2})$/, '$1:00');

const asDateKnowsIt = (text: string): string => withWholeOffset(withoutZoneName(text));

/** Returns ms since 1970; NaN when the text is no time. */
export const parseInstant = (text: string): number => Date.parse(asDateKnowsIt(text));

// Earlier times are those of fields that nobody has set: the years 1, 1900 and 1970.
const earliest = Date.UTC(2000, 0);

/** Returns whether a text is a time at which something may have happened. */
export const isPlausibleInstant = (text: string): boolean => parseInstant(text) >= earliest;

const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** Times may be rounded to seconds, and the clocks of the database and the service may differ a little. */
const maxRoundingMs = 30_000;

/** More than a maintained clock is off, and less than the distance between any two time zones. */
const maxClockSkewMs = 29 * 60_000;

/** Times are compared only with those of the same form, since a text without a zone does not say which one it means. */
const formOf = (instant: string | number): string =>
  typeof instant === 'number' ? 'number' : hasZone.test(asDateKnowsIt(instant)) ? 'with a zone' : 'without a zone';

const msOf = (instant: string | number): number => (typeof instant === 'number' ? instant : parseInstant(instant));

/**
 * Returns whether two times from a target may be the same, allowing for rounding and for two clocks. Times in different
 * forms may be: they cannot be compared.
 */
export function mayBeOneInstant(one: string | number, other: string | number): boolean {
  if (formOf(one) !== formOf(other)) return true;
  return Math.abs(msOf(one) - msOf(other)) <= maxRoundingMs;
}

/** Returns whether a time from a target may be `now` (ms since 1970) by its clock; one without a zone always may. */
export function mayBeNow(instant: string | number, now: number): boolean {
  return formOf(instant) !== 'with a zone' || Math.abs(msOf(instant) - now) <= maxClockSkewMs;
}
