const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** How texts without a zone are meant, nobody says: they are compared only with one another. */
const formOf = (instant: string | number): string =>
  typeof instant === 'number' ? 'number' : hasZone.test(instant) ? 'with a zone' : 'without a zone';

/**
 * Whether two times that a target tells are one, apart from what rounding to seconds does to them. Times in different
 * forms may be: what they mean cannot be told.
 */
export function mayBeOneInstant(one: string | number, other: string | number): boolean {
  if (formOf(one) !== formOf(other)) return true;
  return Math.abs(new Date(one).getTime() - new Date(other).getTime()) <= 2_000;
}
