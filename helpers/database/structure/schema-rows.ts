import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import type { Tables } from '../../profile/tables.ts';
import { spelledAs } from '../rows/spelled-as.ts';
import { readCheckedValues } from './checked-values.ts';

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

const indexedSchema = z.object({
  tableName: z.string(),
  // An index over an expression names no column.
  columnName: z.string().nullable(),
  indexName: z.string(),
  isUnique: z.coerce.boolean(),
});

export type ColumnRow = z.infer<typeof columnSchema>;

/** One column of a foreign key. */
export type ReferenceRow = z.infer<typeof referenceSchema>;

/** What `information_schema` says of the current database. */
export interface SchemaRows {
  readonly columns: readonly ColumnRow[];
  readonly references: readonly ReferenceRow[];
  /** The columns of all indexes, the primary key first, then the unique ones. */
  readonly indexed: readonly z.infer<typeof indexedSchema>[];
  /** The texts that checks allow in columns, by `table.column`. */
  readonly checked: ReadonlyMap<string, readonly string[]>;
}

/** Reads columns, foreign keys, indexes and checks. @param named the tables of the profile, as it spells them. */
export async function readSchemaRows(pool: Pool, named: Tables): Promise<SchemaRows> {
  const spelled = await spelledAs(named, pool);
  const [columns] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, LOWER(DATA_TYPE) AS dataType,
            IS_NULLABLE = 'YES' AS isNullable,
            COALESCE(GENERATION_EXPRESSION, '') <> '' AS isComputed,
            IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA NOT LIKE '%auto_increment%'
              AND EXTRA NOT LIKE '%GENERATED%' AS mustBeGiven,
            COLUMN_KEY IN ('PRI', 'UNI') AS isUnique, COLUMN_KEY = 'PRI' AS isPrimary, CHARACTER_MAXIMUM_LENGTH AS maxLength,
            LOWER(CHARACTER_SET_NAME) AS characterSet, EXTRA LIKE '%auto_increment%' AS countsUp
     FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  );
  const [references] = await pool.query<RowDataPacket[]>(
    `SELECT CONSTRAINT_NAME AS name, TABLE_NAME AS \`table\`, COLUMN_NAME AS \`column\`, REFERENCED_TABLE_NAME AS referencedTable,
            REFERENCED_COLUMN_NAME AS referencedColumn
     FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()
     ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`,
  );
  const [indexed] = await pool.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS columnName, INDEX_NAME AS indexName, NON_UNIQUE = 0 AS isUnique
     FROM information_schema.STATISTICS
     WHERE TABLE_SCHEMA = DATABASE() AND INDEX_TYPE NOT IN ('FULLTEXT', 'SPATIAL')
     ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', NON_UNIQUE, INDEX_NAME, SEQ_IN_INDEX`,
  );
  const spelling = <Row extends { readonly tableName: string }>(row: Row): Row => ({
    ...row,
    tableName: spelled(row.tableName),
  });
  return {
    columns: columns.map((row) => spelling(columnSchema.parse(row))),
    references: references
      .map((row) => referenceSchema.parse(row))
      .map((row) => ({ ...row, table: spelled(row.table), referencedTable: spelled(row.referencedTable) })),
    indexed: indexed.map((row) => spelling(indexedSchema.parse(row))),
    checked: await readCheckedValues(pool, spelled),
  };
}
