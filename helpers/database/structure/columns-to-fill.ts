import type { Pool } from 'mysql2/promise';
import { columnFiller, isRepeatable, type RequiredColumn } from './required-column.ts';
import type { ColumnRow, SchemaRows } from './schema-rows.ts';

/** A user without a password cannot log in, even where its column may be empty. */
const mayBeNeededToLogIn = ({ columnName, isNullable, isUnique, characterSet }: ColumnRow): boolean =>
  isNullable && !isUnique && characterSet !== null && /passw(?:or)?d|^pwd/i.test(columnName);

/** Returns what finds the columns of a table that an insert must fill, with what fills them. */
export function columnsToFill(
  pool: Pick<Pool, 'escape' | 'escapeId'>,
  { columns, references, indexed, checked }: SchemaRows,
): (table: string) => RequiredColumn[] {
  const partsOfUnique = new Set(
    indexed.filter(({ isUnique }) => isUnique).map(({ tableName, columnName }) => `${tableName}.${columnName ?? ''}`),
  );
  /** Returns SQL for a column that refers to another table: any row of it. */
  const referenceFiller = ({ tableName, columnName }: ColumnRow): string | undefined => {
    const to = references.find(({ table, column }) => table === tableName && column === columnName);
    return to && `(SELECT MIN(${pool.escapeId(to.referencedColumn)}) FROM ${pool.escapeId(to.referencedTable)})`;
  };
  const filled = (column: ColumnRow): RequiredColumn => {
    const isPart = partsOfUnique.has(`${column.tableName}.${column.columnName}`);
    const name = column.columnName;
    if (!column.mustBeGiven) return { name, filler: 'NULL', isGuess: true };
    const reference = referenceFiller(column);
    if (reference !== undefined) return { name, filler: reference, isGuess: false };
    const [allowed] = checked.get(`${column.tableName}.${name}`) ?? [];
    const filler = allowed === undefined ? columnFiller(column, isPart) : pool.escape(allowed);
    return { name, filler, isGuess: isRepeatable(column, isPart) };
  };
  return (table) =>
    columns
      .filter((column) => column.tableName === table && (column.mustBeGiven || mayBeNeededToLogIn(column)))
      .map(filled);
}
