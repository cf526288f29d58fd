import { randomInt, randomUUID } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { groupedBy } from '../../text/words/grouped-by.ts';
import type { Tables } from '../../profile/tables.ts';
import { spelledAs } from '../rows/spelled-as.ts';
import { columnFiller, isRepeatable, type RequiredColumn } from './required-column.ts';

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

const columnSchema = z.object({
  tableName: z.string(),
  columnName: z.string(),
  dataType: z.string(),
  isNullable: z.coerce.boolean(),
  isComputed: z.coerce.boolean(),
  mustBeGiven: z.coerce.boolean(),
  isUnique: z.coerce.boolean(),
  isPrimary: z.coerce.boolean(),
  maxLength: z.number().nullable(),
  /** Null for what is no text. */
  characterSet: z.string().nullable(),
  countsUp: z.coerce.boolean(),
});
const referenceSchema = z.object({
  name: z.string(),
  table: z.string(),
  column: z.string(),
  referencedTable: z.string(),
  referencedColumn: z.string(),
});

const indexedColumnSchema = z.object({
  tableName: z.string(),
  // An index over an expression names no column.
  columnName: z.string().nullable(),
  indexName: z.string(),
  isUnique: z.coerce.boolean(),
});

/** Returns the foreign key of its columns; nothing where there are none. */
const referenceOf = (
  key: readonly z.infer<typeof referenceSchema>[],
  columns: readonly z.infer<typeof columnSchema>[],
): Reference[] =>
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

/** A user without a password cannot log in, even where its column may be empty. */
const mayBeNeededToLogIn = ({
  columnName,
  isNullable,
  isUnique,
  characterSet,
}: z.infer<typeof columnSchema>): boolean =>
  isNullable && !isUnique && characterSet !== null && /passw(?:or)?d|^pwd/i.test(columnName);

const ofAllLetters = /^(?:utf|ucs2|gb18030)/;

/** Reads columns and foreign keys of the current database. @param named the tables of the profile, as it spells them. */
export async function readTableStructure(pool: Pool, named: Tables): Promise<TableStructure> {
  const spelled = await spelledAs(named, pool);
  const [columnRows] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, LOWER(DATA_TYPE) AS dataType,
            IS_NULLABLE = 'YES' AS isNullable,
            COALESCE(GENERATION_EXPRESSION, '') <> '' AS isComputed,
            IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA NOT LIKE '%auto_increment%'
              AND EXTRA NOT LIKE '%GENERATED%' AS mustBeGiven,
            COLUMN_KEY IN ('PRI', 'UNI') AS isUnique, COLUMN_KEY = 'PRI' AS isPrimary, CHARACTER_MAXIMUM_LENGTH AS maxLength,
            LOWER(CHARACTER_SET_NAME) AS characterSet, EXTRA LIKE '%auto_increment%' AS countsUp
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  );
  const [referenceRows] = await pool.query<RowDataPacket[]>(
    `SELECT CONSTRAINT_NAME AS name, TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, REFERENCED_TABLE_NAME AS referencedTable,
            REFERENCED_COLUMN_NAME AS referencedColumn
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()
     ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`,
  );
  const [indexRows] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, INDEX_NAME AS indexName, NON_UNIQUE = 0 AS isUnique
     FROM information_schema.STATISTICS
     WHERE TABLE_SCHEMA = DATABASE() AND INDEX_TYPE NOT IN ('FULLTEXT', 'SPATIAL')
     ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', NON_UNIQUE, INDEX_NAME, SEQ_IN_INDEX`,
  );
  const columns = columnRows
    .map((row) => columnSchema.parse(row))
    .map((column) => ({ ...column, tableName: spelled(column.tableName) }));
  const indexed = indexRows
    .map((row) => indexedColumnSchema.parse(row))
    .map((column) => ({ ...column, tableName: spelled(column.tableName) }));
  const indexes = [...groupedBy(indexed, ({ tableName, indexName }) => `${tableName}.${indexName}`).values()];
  const partsOfUnique = new Set(
    indexed.filter(({ isUnique }) => isUnique).map(({ tableName, columnName }) => `${tableName}.${columnName ?? ''}`),
  );
  const parts = referenceRows
    .map((row) => referenceSchema.parse(row))
    .map((part) => ({ ...part, table: spelled(part.table), referencedTable: spelled(part.referencedTable) }));
  const references = [...groupedBy(parts, ({ table, name }) => `${table}.${name}`).values()].flatMap((key) =>
    referenceOf(key, columns),
  );
  const tables = new Map<string, string[]>();
  for (const { tableName, columnName } of columns) {
    tables.set(tableName, [...(tables.get(tableName) ?? []), columnName]);
  }
  /** Returns SQL for a column that refers to another table: any row of it. */
  const referenceFiller = (from: string, { columnName }: { columnName: string }): string | undefined => {
    const to = parts.find(({ table, column }) => table === from && column === columnName);
    return to && `(SELECT MIN(${pool.escapeId(to.referencedColumn)}) FROM ${pool.escapeId(to.referencedTable)})`;
  };
  const required = (column: z.infer<typeof columnSchema>): RequiredColumn => {
    const isPart = partsOfUnique.has(`${column.tableName}.${column.columnName}`);
    const name = column.columnName;
    if (!column.mustBeGiven) return { name, filler: 'NULL', isGuess: true };
    const reference = referenceFiller(column.tableName, column);
    if (reference !== undefined) return { name, filler: reference, isGuess: false };
    return { name, filler: columnFiller(column, isPart), isGuess: isRepeatable(column, isPart) };
  };
  const referencesTo = (table: string) => references.filter(({ referencedTable }) => referencedTable === table);
  return {
    columns: new Set(columns.map(({ tableName, columnName }) => `${tableName}.${columnName}`)),
    tables,
    requiredColumns: (table) =>
      columns
        .filter((column) => column.tableName === table && (column.mustBeGiven || mayBeNeededToLogIn(column)))
        .map(required),
    newId: (table, id) => {
      const column = columns.find(({ tableName, columnName }) => tableName === table && columnName === id);
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
      columns
        .filter(
          ({ tableName, dataType, isComputed }) =>
            tableName === table && !isComputed && /^(datetime|timestamp)/.test(dataType),
        )
        .map(({ columnName }) => columnName),
    isComputed: (table, column) =>
      columns.some(
        ({ tableName, columnName, isComputed }) => tableName === table && columnName === column && isComputed,
      ),
    isNumber: (table, column) =>
      columns.some(
        ({ tableName, columnName, dataType }) =>
          tableName === table && columnName === column && /int|decimal|double|float/.test(dataType),
      ),
    isOfFewLetters: (table, column) =>
      columns.some(
        ({ tableName, columnName, characterSet }) =>
          tableName === table && columnName === column && characterSet !== null && !ofAllLetters.test(characterSet),
      ),
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
    primaryKey: (table) =>
      columns
        .filter(({ tableName, isPrimary }) => tableName === table && isPrimary)
        .map(({ columnName }) => columnName),
  };
}
