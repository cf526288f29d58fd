import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

/** A column that an insert must fill although the profile does not know it. */
export interface RequiredColumn {
  readonly name: string;
  /** SQL that fills it. */
  readonly filler: string;
}

/** A table whose foreign key points at another one. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  readonly referencedTable: string;
  readonly referencedColumn: string;
}

/** What the suite must know of the target's schema beyond its profile. */
export interface TableStructure {
  /** All columns, as `table.column`. */
  readonly columns: ReadonlySet<string>;
  requiredColumns(table: string): readonly RequiredColumn[];
  referencesTo(table: string): readonly Reference[];
}

const columnSchema = z.object({
  tableName: z.string(),
  columnName: z.string(),
  dataType: z.string(),
  mustBeGiven: z.coerce.boolean(),
});
const referenceSchema = z.object({
  table: z.string(),
  column: z.string(),
  referencedTable: z.string(),
  referencedColumn: z.string(),
});

const fillerFor = (dataType: string): string => {
  if (/^(datetime|timestamp)/.test(dataType)) return 'UTC_TIMESTAMP()';
  if (dataType === 'date') return 'UTC_DATE()';
  if (/int|decimal|float|double|bit|bool/.test(dataType)) return '0';
  return "''";
};

/** Reads columns and foreign keys of the current database. */
export async function readTableStructure(pool: Pool): Promise<TableStructure> {
  const [columnRows] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, LOWER(DATA_TYPE) AS dataType,
            IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA NOT LIKE '%auto_increment%'
              AND EXTRA NOT LIKE '%GENERATED%' AS mustBeGiven
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  );
  const [referenceRows] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, REFERENCED_TABLE_NAME AS referencedTable,
            REFERENCED_COLUMN_NAME AS referencedColumn
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()`,
  );
  const columns = columnRows.map((row) => columnSchema.parse(row));
  const references = referenceRows.map((row) => referenceSchema.parse(row));
  return {
    columns: new Set(columns.map(({ tableName, columnName }) => `${tableName}.${columnName}`)),
    requiredColumns: (table) =>
      columns
        .filter(({ tableName, mustBeGiven }) => tableName === table && mustBeGiven)
        .map(({ columnName, dataType }) => ({ name: columnName, filler: fillerFor(dataType) })),
    referencesTo: (table) => references.filter(({ referencedTable }) => referencedTable === table),
  };
}
