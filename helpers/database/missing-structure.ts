import type { TableStructure } from './table-structure.ts';
import { suggestTables } from './suggest-table.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

const maxSuggestions = 3;

/** Whether a database need not have a table of keys, and has none, or one of that name that is something else. */
export function isAbsentKeyTable(
  { table, optional = false, ...fields }: TargetProfile['tables']['keys'][number],
  tables: TableStructure['tables'],
): boolean {
  const has = tables.get(table) ?? [];
  return optional && Object.values(fields).some((column) => typeof column === 'string' && !has.includes(column));
}

/**
 * What the profile names and the database does not have: whole tables, with the names of those that may be meant, or
 * `table.column`.
 */
export function missingStructure(
  { tables: { keys, ...others } }: Pick<TargetProfile, 'tables'>,
  { tables }: Pick<TableStructure, 'tables'>,
): string[] {
  const demanded = keys.filter((one) => !isAbsentKeyTable(one, tables));
  const named = [...Object.values(others), ...demanded];
  // What the profile names for something else is not meant.
  const unnamed = new Map([...tables].filter(([name]) => !named.some(({ table }) => table === name)));
  return named.flatMap(({ table, ...fields }) => {
    const wanted = Object.values(fields).filter((column) => typeof column === 'string');
    const has = tables.get(table);
    if (has) return wanted.filter((column) => !has.includes(column)).map((column) => `${table}.${column}`);
    const near = suggestTables(table, wanted, unnamed).slice(0, maxSuggestions);
    return [`table ${table}${near.length > 0 ? ` (near: ${near.join(', ')})` : ''}`];
  });
}
