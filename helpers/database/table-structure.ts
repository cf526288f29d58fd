import { randomInt, randomUUID } from 'node:crypto';
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { groupedBy } from '../text/grouped-by.ts';

/** A column that an insert must fill although the profile does not know it. */
export interface RequiredColumn {
  readonly name: string;
  /** SQL that fills it. */
  readonly filler: string;
  /** Whether the filler is only a guess, and a value that other rows have is better. */
  readonly isGuess: boolean;
}

/** A table whose foreign key points at another one, or at itself. */
export interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly referencedTable: string;
  /** In the order of `columns`. */
  readonly referencedColumns: readonly string[];
  /** The columns that may be null, without which nothing is pointed at. */
  readonly optionalColumns: readonly string[];
}

/** What the suite must know of the target's schema beyond its profile. */
export interface TableStructure {
  /** All columns, as `table.column`. */
  readonly columns: ReadonlySet<string>;
  /** The columns of every table. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  requiredColumns(table: string): readonly RequiredColumn[];
  /** An id for a new row, where the server does not make one itself. */
  newId(table: string, column: string): number | string | undefined;
  referencesTo(table: string): readonly Reference[];
  /** Whether a table's foreign keys lead to another one, over however many in between. */
  leadsTo(from: string, to: string): boolean;
  /** The columns of dates with times that can be written to. */
  instants(table: string): readonly string[];
  /** Whether a column is made of others, and takes no value of its own. */
  isComputed(table: string, column: string): boolean;
  isNumber(table: string, column: string): boolean;
  /** The index that finds rows by some columns without going through the whole table, the primary key before others. */
  indexOver(table: string, columns: readonly string[]): string | undefined;
  /** The columns of a table's primary key. */
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

const fillerFor = (
  { dataType, isUnique, maxLength }: z.infer<typeof columnSchema>,
  isPartOfUnique: boolean,
): string => {
  if (/^(datetime|timestamp)/.test(dataType)) return 'UTC_TIMESTAMP()';
  if (dataType === 'date') return 'UTC_DATE()';
  if (dataType === 'time') return "'00:00:00'";
  if (dataType === 'year') return '2000';
  // A number counts an enum's words from 1; an empty word is none of them.
  if (dataType === 'enum') return '1';
  // MariaDB's JSON is a LONGTEXT with a check.
  if (/^(json|longtext)$/.test(dataType)) return "'{}'";
  if (/^(\w*int|decimal|float|double|bit|bool)/.test(dataType)) return isUnique ? 'UUID_SHORT() & 0x7fffffff' : '0';
  if (dataType === 'uuid') return 'UUID()';
  // A number beside it may well be a tenant's, which is nothing to make up.
  if ((isUnique || isPartOfUnique) && maxLength !== null) return `LEFT(UUID(), ${Math.min(maxLength, 36)})`;
  return "''";
};

/** Whether what other rows have in a column does for a new one as well: a role, a status, a currency. */
const mayRepeat = ({ dataType, isUnique }: z.infer<typeof columnSchema>, isPartOfUnique: boolean): boolean =>
  !isUnique && !isPartOfUnique && !/^(datetime|timestamp|date|time|year|json|\w*blob)$/.test(dataType);

/** Rows of a table that are looked at for what is common in it. */
const sampleSize = 1000;

const commonSchema = z.union([z.number(), z.string(), z.instanceof(Buffer)]);
type CommonValue = z.infer<typeof commonSchema>;

/** The value that most of a table's rows have in a column, as far as they are looked at; none in an empty table. */
export async function mostCommonValue(pool: Pool, table: string, column: string): Promise<CommonValue | undefined> {
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT common AS value FROM (SELECT ?? AS common FROM ?? LIMIT ${sampleSize}) AS looked_at
      GROUP BY common ORDER BY COUNT(*) DESC LIMIT 1`,
    [column, table],
  );
  return commonSchema.safeParse(rows[0]?.value).data;
}

/** A foreign key of one or several columns. */
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

/** Reads columns and foreign keys of the current database. */
export async function readTableStructure(pool: Pool): Promise<TableStructure> {
  const [columnRows] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, LOWER(DATA_TYPE) AS dataType,
            IS_NULLABLE = 'YES' AS isNullable,
            COALESCE(GENERATION_EXPRESSION, '') <> '' AS isComputed,
            IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA NOT LIKE '%auto_increment%'
              AND EXTRA NOT LIKE '%GENERATED%' AS mustBeGiven,
            COLUMN_KEY IN ('PRI', 'UNI') AS isUnique, COLUMN_KEY = 'PRI' AS isPrimary, CHARACTER_MAXIMUM_LENGTH AS maxLength,
            EXTRA LIKE '%auto_increment%' AS countsUp
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
  const columns = columnRows.map((row) => columnSchema.parse(row));
  const indexed = indexRows.map((row) => indexedColumnSchema.parse(row));
  const indexes = [...groupedBy(indexed, ({ tableName, indexName }) => `${tableName}.${indexName}`).values()];
  const partsOfUnique = new Set(
    indexed.filter(({ isUnique }) => isUnique).map(({ tableName, columnName }) => `${tableName}.${columnName ?? ''}`),
  );
  const parts = referenceRows.map((row) => referenceSchema.parse(row));
  const references = [...groupedBy(parts, ({ table, name }) => `${table}.${name}`).values()].flatMap((key) =>
    referenceOf(key, columns),
  );
  const tables = new Map<string, string[]>();
  for (const { tableName, columnName } of columns) {
    tables.set(tableName, [...(tables.get(tableName) ?? []), columnName]);
  }
  /** A column that points at another table takes any row that is there. */
  const referenceFiller = (from: string, { columnName }: { columnName: string }): string | undefined => {
    const to = parts.find(({ table, column }) => table === from && column === columnName);
    return to && `(SELECT MIN(${pool.escapeId(to.referencedColumn)}) FROM ${pool.escapeId(to.referencedTable)})`;
  };
  const required = (column: z.infer<typeof columnSchema>): RequiredColumn => {
    const isPart = partsOfUnique.has(`${column.tableName}.${column.columnName}`);
    const name = column.columnName;
    const reference = referenceFiller(column.tableName, column);
    if (reference !== undefined) return { name, filler: reference, isGuess: false };
    return { name, filler: fillerFor(column, isPart), isGuess: mayRepeat(column, isPart) };
  };
  const referencesTo = (table: string) => references.filter(({ referencedTable }) => referencedTable === table);
  return {
    columns: new Set(columns.map(({ tableName, columnName }) => `${tableName}.${columnName}`)),
    tables,
    requiredColumns: (table) =>
      columns.filter(({ tableName, mustBeGiven }) => tableName === table && mustBeGiven).map(required),
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
      // What is added while the set is gone through is gone through as well.
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
    indexOver: (table, wanted) =>
      indexes.find(
        (parts) =>
          parts[0]?.tableName === table &&
          parts.slice(0, wanted.length).every(({ columnName }) => columnName !== null && wanted.includes(columnName)),
      )?.[0]?.indexName,
    primaryKey: (table) =>
      columns
        .filter(({ tableName, isPrimary }) => tableName === table && isPrimary)
        .map(({ columnName }) => columnName),
  };
}
