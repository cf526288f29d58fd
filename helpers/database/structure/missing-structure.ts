import type { TableStructure } from './table-structure.ts';
import { suggestTables } from './suggest-table.ts';
import { isOffered } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const maxSuggestions = 3;

/** Returns whether an optional key table is absent: there is none, or one of that name with other columns. */
export function isAbsentKeyTable(
  { table, optional = false, ...fields }: TargetProfile['tables']['keys'][number],
  tables: TableStructure['tables'],
): boolean {
  const has = tables.get(table) ?? [];
  return optional && Object.values(fields).some((column) => typeof column === 'string' && !has.includes(column));
}

/**
 * Returns the parts of the profile that the database lacks: whole tables, with the names of similar ones, or
 * `table.column`.
 */
export function missingStructure(
  { tables: { keys, ...others } }: Pick<TargetProfile, 'tables'>,
  { tables }: Pick<TableStructure, 'tables'>,
): string[] {
  const demanded = keys.filter((one) => !isAbsentKeyTable(one, tables));
  const forms = Object.values(others)
    .filter(isOffered)
    .map((form) => ('inColumn' in form ? { table: others.orders.table, inColumn: form.inColumn } : form));
  const named = [...forms, ...demanded];
  // A table that the profile names elsewhere is not a candidate.
  const unnamed = new Map([...tables].filter(([name]) => !named.some(({ table }) => table === name)));
  return named.flatMap(({ table, ...fields }) => {
    const wanted = Object.values(fields).filter((column) => typeof column === 'string');
    const has = tables.get(table);
    if (has) return wanted.filter((column) => !has.includes(column)).map((column) => `${table}.${column}`);
    const near = suggestTables(table, wanted, unnamed).slice(0, maxSuggestions);
    return [`table ${table}${near.length > 0 ? ` (near: ${near.join(', ')})` : ''}`];
  });
}
