import { z } from 'zod';
import type { Field } from '../text/json.ts';
import type { IdForm } from './target-profile.ts';

/** An id as the target's JSON says it; the same id out of a table is brought into that form. */
export type Id = number | string;

/** An id of whatever form, in JSON or out of a table. */
export const idSchema = z.union([z.number(), z.string()]);

/** An id out of a table in the form in which the target's JSON says it. */
export function idFromTable(form: IdForm, value: Id): Id {
  return form === 'number' ? Number(value) : String(value);
}

const someUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id of the same kind that nothing has. */
export function absentId(id: Id): Id {
  if (typeof id === 'number') return id + 1_000_000_000;
  if (/^\d{1,15}$/.test(id)) return String(Number(id) + 1_000_000_000);
  return someUuid.test(id) ? 'ffffffff-ffff-4fff-bfff-ffffffffffff' : `${id}-absent`;
}

/**
 * What is no id of that form: nothing, null, and a value that no lenient reading turns into one. Of numbers also one
 * that is too large, and a fraction next to an id that there is.
 */
export function malformedIds(form: IdForm, real: Id): Field[] {
  if (form === 'string') return [undefined, null, { id: 'somebody' }];
  return [undefined, null, 'somebody', 1e20, Number(real) + 0.5];
}

/** What is nearly an id that there is, and the id of nothing: a number may not be read up to the first letter. */
export const idWithLetters = (id: Id): string => `${id}abc`;

/** Texts that stand in a path and are the id of nothing, however leniently they are read. */
export const malformedPathIds = { short: ['abc', '-1', '-1e9', '9'.repeat(20)], long: 'x'.repeat(300) } as const;

/** Orders ids: numbers by size, texts of digits likewise, all others as they stand. */
export function compareIds(one: Id, other: Id): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), 'en', { numeric: true });
}
