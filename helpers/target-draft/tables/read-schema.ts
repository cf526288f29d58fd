import type { RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { readCheckedValues } from '../../database/structure/checked-values.ts';
import { connectDatabase } from '../../database/connection/database-connection.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';
import { groupedBy } from '../../text/words/grouped-by.ts';

const columnSchema = z.object({
  table: z.string(),
  name: z.string(),
  /** @example 'decimal' */
  type: z.string(),
  isNullable: z.coerce.boolean(),
  hasDefault: z.coerce.boolean(),
  isPrimary: z.coerce.boolean(),
  /** True where the database computes it. */
  isComputed: z.coerce.boolean(),
  /** Digits behind the point. */
  scale: z.number().nullable(),
  /** Maximum length of a text. */
  maxLength: z.coerce.number().nullable(),
  /** @example "enum('open','settled')" */
  fullType: z.string(),
});

/** A column. */
export interface SchemaColumn extends Omit<z.infer<typeof columnSchema>, 'fullType'> {
  /** The only values that it takes, where it is an enum, or a check says so. */
  readonly values: readonly string[];
}

/** Returns the values of an enum. @example "enum('open','it''s')" → ['open', "it's"] */
const valuesOf = (fullType: string): string[] =>
  [...fullType.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));

const keySchema = z.object({
  table: z.string(),
  name: z.string(),
  column: z.string().nullable(),
  referencedTable: z.string().nullable(),
});

/** A table with what refers to what. */
export interface SchemaTable {
  readonly name: string;
  readonly columns: readonly SchemaColumn[];
  /** Column → the table that it refers to by a foreign key. */
  readonly references: ReadonlyMap<string, string>;
  /** The columns of each unique index. */
  readonly uniques: readonly (readonly string[])[];
}

/**
 * Reads the tables of a database, views excepted.
 *
 * @throws UserError when it cannot be reached.
 */
export async function readSchema(settings: DatabaseSettings): Promise<SchemaTable[]> {
  const pool = await connectDatabase(settings, 1);
  try {
    const [columns] = await pool.query<RowDataPacket[]>(
      `SELECT c.TABLE_NAME AS \`table\`, c.COLUMN_NAME AS name, LOWER(c.DATA_TYPE) AS type,
              c.IS_NULLABLE = 'YES' AS isNullable,
              -- MariaDB says NULL in letters where a column is empty unless it is filled.
              COALESCE(c.COLUMN_DEFAULT, 'NULL') <> 'NULL' OR c.EXTRA LIKE '%auto_increment%' AS hasDefault,
              c.COLUMN_KEY = 'PRI' AS isPrimary, COALESCE(c.GENERATION_EXPRESSION, '') <> '' AS isComputed,
              c.NUMERIC_SCALE AS scale, c.CHARACTER_MAXIMUM_LENGTH AS maxLength, c.COLUMN_TYPE AS fullType
       FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
       WHERE c.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY c.TABLE_NAME, c.ORDINAL_POSITION`,
    );
    const [references] = await pool.query<RowDataPacket[]>(
      `SELECT TABLE_NAME AS \`table\`, CONSTRAINT_NAME AS name, COLUMN_NAME AS \`column\`, REFERENCED_TABLE_NAME AS referencedTable
       FROM information_schema.KEY_COLUMN_USAGE WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_SCHEMA = DATABASE()`,
    );
    const [indexes] = await pool.query<RowDataPacket[]>(
      `SELECT TABLE_NAME AS \`table\`, INDEX_NAME AS name, COLUMN_NAME AS \`column\`, NULL AS referencedTable
       FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0
       ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
    );
    const checked = await readCheckedValues(pool);
    const tables = groupedBy(
      columns
        .map((row) => columnSchema.parse(row))
        .map(({ fullType, ...column }): SchemaColumn => {
          const ofEnum = valuesOf(fullType);
          return {
            ...column,
            values: ofEnum.length > 0 ? ofEnum : (checked.get(`${column.table}.${column.name}`) ?? []),
          };
        }),
      ({ table }) => table,
    );
    const keys = references.map((row) => keySchema.parse(row));
    const uniques = indexes.map((row) => keySchema.parse(row));
    return [...tables].map(([name, own]) => ({
      name,
      columns: own,
      references: new Map(
        keys.flatMap(({ table, column, referencedTable }): [string, string][] =>
          table === name && column !== null && referencedTable !== null ? [[column, referencedTable]] : [],
        ),
      ),
      uniques: [
        ...groupedBy(
          uniques.filter(({ table }) => table === name),
          (part) => part.name,
        ).values(),
      ].map((parts) => parts.flatMap(({ column }) => (column === null ? [] : [column]))),
    }));
  } finally {
    await pool.end();
  }
}
