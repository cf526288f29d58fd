import { z } from 'zod';
import type { Field } from '../text/json.ts';
import type { IdForm } from './target-profile.ts';

/** An id as it appears in the target's JSON; ids from tables are converted to that form. */
export type Id = number | string;

/** An id of any form, in JSON or from a table. */
export const idSchema = z.union([z.number(), z.string()]);

/** Converts an id from a table to the form that it has in the target's JSON. */
export function idFromTable(form: IdForm, value: Id): Id {
  return form === 'number' ? Number(value) : String(value);
}

const someUuid = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)([0-9a-f]{12})$/i;

/** Returns an id of the same form that does not exist: for each id another one, so that several runs do not meet. */
export function absentId(id: Id): Id {
  if (typeof id === 'number') return id + 1_000_000_000;
  if (/^\d{1,15}$/.test(id)) return String(Number(id) + 1_000_000_000);
  const [, start, end] = someUuid.exec(id) ?? [];
  if (start === undefined || end === undefined) return `${id}-absent`;
  // The last part complemented: the first ones may be no more than a time, and hold what makes it a valid UUID.
  return start + (0xffff_ffff_ffff - Number.parseInt(end, 16)).toString(16).padStart(12, '0');
}

/**
 * Returns values that are no ids of that form: nothing, null, and a value that even a lenient reader cannot convert.
 * For numbers also one that is too large, and a fraction next to an existing id.
 */
export function malformedIds(form: IdForm, real: Id): Field[] {
  if (form === 'string') return [undefined, null, { id: 'somebody' }];
  return [undefined, null, 'somebody', 1e20, Number(real) + 0.5];
}

/** Returns an existing id with letters appended, which is no id: a number may not be read up to the first letter. */
export const idWithLetters = (id: Id): string => `${id}abc`;

/** Texts for a path that are no ids, however leniently they are read. */
export const malformedPathIds = { short: ['abc', '-1', '-1e9', '9'.repeat(20)], long: 'x'.repeat(300) } as const;

/** Orders ids: numbers and texts of digits by their value, all others alphabetically. */
export function compareIds(one: Id, other: Id): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), 'en', { numeric: true });
}
