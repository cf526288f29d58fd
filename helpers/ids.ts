import type { IdForm } from './target-profile/target-profile.ts';

/** An id as the target's JSON says it; the same id out of a table is brought into that form. */
export type Id = number | string;

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

/** Orders ids: numbers by size, texts of digits likewise, all others as they stand. */
export function compareIds(one: Id, other: Id): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), 'en', { numeric: true });
}
