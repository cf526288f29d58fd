import { randomInt, randomUUID } from 'node:crypto';
import type { Pool } from 'mysql2/promise';
import { groupedBy } from '../../text/words/grouped-by.ts';
import type { Tables } from '../../profile/tables.ts';
import { columnsToFill } from './columns-to-fill.ts';
import type { RequiredColumn } from './required-column.ts';
import { readSchemaRows, type ColumnRow, type ReferenceRow } from './schema-rows.ts';

/** A foreign key of a table to another one or to itself. */
export interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly referencedTable: string;
  /** In the order of `columns`. */
  readonly referencedColumns: readonly string[];
  /** The columns that may be null; while one is null, the row refers to nothing. */
  readonly optionalColumns: readonly string[];
}

/** The target's schema beyond its profile, as far as the suite needs it. */
export interface TableStructure {
  /** All columns, as `table.column`. */
  readonly columns: ReadonlySet<string>;
  /** The columns of every table. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  requiredColumns(table: string): readonly RequiredColumn[];
  /** Returns an id for a new row, where the server does not generate one. */
  newId(table: string, column: string): number | string | undefined;
  referencesTo(table: string): readonly Reference[];
  /** Returns whether foreign keys lead from a table to another one, directly or through further tables. */
  leadsTo(from: string, to: string): boolean;
  /** Returns the writable columns of dates with times. */
  instants(table: string): readonly string[];
  /** Returns whether a column is computed from others and cannot be written. */
  isComputed(table: string, column: string): boolean;
  isNumber(table: string, column: string): boolean;
  /** Returns whether a column's character set lacks most letters of the world, Korean ones among them. */
  isOfFewLetters(table: string, column: string): boolean;
  /** Returns an index that finds rows by some columns without a table scan, preferably the primary key. */
  indexOver(table: string, columns: readonly string[]): string | undefined;
  /** Returns whether the server refuses a second row with the same value in a column. */
  isUnique(table: string, column: string): boolean;
  /** Returns the columns of a table's primary key. */
  primaryKey(table: string): readonly string[];
}

/** Returns the foreign key of its columns; nothing where there are none. */
const referenceOf = (key: readonly ReferenceRow[], columns: readonly ColumnRow[]): Reference[] =>
  key.slice(0, 1).map(({ table, referencedTable }) => ({
    table,
    columns: key.map(({ column }) => column),
    referencedTable,
    referencedColumns: key.map(({ referencedColumn }) => referencedColumn),
    optionalColumns: columns
      .filter(({ tableName, columnName, isNullable }) => {
        return isNullable && tableName === table && key.some(({ column }) => column === columnName);
      })
      .map(({ columnName }) => columnName),
  }));

const ofAllLetters = /^(?:utf|ucs2|gb18030)/;

/** Reads columns and foreign keys of the current database. @param named the tables of the profile, as it spells them. */
export async function readTableStructure(pool: Pool, named: Tables): Promise<TableStructure> {
  const rows = await readSchemaRows(pool, named);
  const { columns } = rows;
  const byTable = groupedBy(columns, ({ tableName }) => tableName);
  const columnsOf = (table: string) => byTable.get(table) ?? [];
  const find = (table: string, name: string) => columnsOf(table).find(({ columnName }) => columnName === name);
  const namesOf = (some: readonly ColumnRow[]) => some.map(({ columnName }) => columnName);
  const indexes = [...groupedBy(rows.indexed, ({ tableName, indexName }) => `${tableName}.${indexName}`).values()];
  const references = [...groupedBy(rows.references, ({ table, name }) => `${table}.${name}`).values()].flatMap((key) =>
    referenceOf(key, columns),
  );
  const referencesTo = (table: string) => references.filter(({ referencedTable }) => referencedTable === table);
  return {
    columns: new Set(columns.map(({ tableName, columnName }) => `${tableName}.${columnName}`)),
    tables: new Map([...byTable].map(([table, its]) => [table, namesOf(its)])),
    requiredColumns: columnsToFill(pool, rows),
    newId: (table, id) => {
      const column = find(table, id);
      if (!column || column.countsUp) return undefined;
      // Below 2^31, so that an INT column takes it as well.
      if (/int|decimal/.test(column.dataType)) return randomInt(2 ** 30, 2 ** 31);
      return randomUUID().slice(0, column.maxLength ?? undefined);
    },
    referencesTo,
    leadsTo: (from, to) => {
      const leading = new Set([to]);
      // The loop also visits the tables that it adds.
      for (const table of leading) for (const reference of referencesTo(table)) leading.add(reference.table);
      return leading.has(from);
    },
    instants: (table) =>
      namesOf(
        columnsOf(table).filter(({ dataType, isComputed }) => !isComputed && /^(datetime|timestamp)/.test(dataType)),
      ),
    isComputed: (table, column) => find(table, column)?.isComputed ?? false,
    isNumber: (table, column) => /int|decimal|double|float/.test(find(table, column)?.dataType ?? ''),
    isOfFewLetters: (table, column) => {
      const characterSet = find(table, column)?.characterSet;
      return typeof characterSet === 'string' && !ofAllLetters.test(characterSet);
    },
    indexOver: (table, wanted) =>
      indexes.find(
        (parts) =>
          parts[0]?.tableName === table &&
          parts.slice(0, wanted.length).every(({ columnName }) => columnName !== null && wanted.includes(columnName)),
      )?.[0]?.indexName,
    isUnique: (table, column) =>
      indexes.some(
        ([first, ...others]) =>
          others.length === 0 && first?.tableName === table && first.columnName === column && first.isUnique,
      ),
    primaryKey: (table) => namesOf(columnsOf(table).filter(({ isPrimary }) => isPrimary)),
  };
}
