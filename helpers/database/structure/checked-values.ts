import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { isMariaDb } from '../connection/is-maria-db.ts';

const checkSchema = z.object({ table: z.string(), clause: z.string() });

const wholeClause = /^\(*`((?:[^`]|``)+)` (?:in \((.*)\)|= (.*?))\)*$/is;
const text = /(?:_\w+ ?)?'((?:[^'\\]|''|\\.)*)'/gs;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Returns the text of a clause whose bytes MySQL took for letters one by one, as it does beyond ASCII. */
const decoded = (clause: string): string => {
  const bytes = Buffer.from(clause, 'latin1');
  try {
    return bytes.toString('latin1') === clause ? utf8.decode(bytes) : clause;
  } catch {
    return clause;
  }
};

/** Returns a clause without the second layer of backslashes in which MySQL keeps it. */
const unwrapped = (clause: string): string =>
  /_\w+ ?\\'/.test(clause) ? decoded(clause.replaceAll(/\\(.)/gs, '$1')) : clause;

/**
 * Returns the column and the texts of a check that allows a column no other ones; undefined for any other check.
 *
 * @param clause as the server writes it.
 * @example "`status` in ('open','settled')" → { column: 'status', values: ['open', 'settled'] }
 */
export function valuesOfCheck(
  clause: string,
): { readonly column: string; readonly values: readonly string[] } | undefined {
  const [, column, several, single] = wholeClause.exec(unwrapped(clause)) ?? [];
  const list = several ?? single;
  if (column === undefined || list === undefined || !/^[\s,)]*$/.test(list.replaceAll(text, ''))) return undefined;
  return {
    column: column.replaceAll('``', '`'),
    values: [...list.matchAll(text)].map(([, value = '']) =>
      value.replaceAll(/''|\\(.)/gs, (_, kept?: string) => kept ?? "'"),
    ),
  };
}

/**
 * Returns the texts that checks allow in columns, by `table.column`; none where the server does not tell its checks.
 *
 * @param spelled returns the name of a table as the profile spells it.
 */
export async function readCheckedValues(
  pool: Pool,
  spelled: (stored: string) => string = (stored) => stored,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const [told] = await pool.query<RowDataPacket[]>(
    `SELECT 1 FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = 'CHECK_CONSTRAINTS' LIMIT 1`,
  );
  if (told.length === 0) return new Map();
  // In MariaDB two tables may have checks of one name; in MySQL the table of a check stands elsewhere.
  const [rows] = await pool.query<RowDataPacket[]>(
    (await isMariaDb(pool))
      ? `SELECT TABLE_NAME AS \`table\`, CHECK_CLAUSE AS clause FROM information_schema.CHECK_CONSTRAINTS
         WHERE CONSTRAINT_SCHEMA = DATABASE()`
      : `SELECT t.TABLE_NAME AS \`table\`, c.CHECK_CLAUSE AS clause
         FROM information_schema.CHECK_CONSTRAINTS c
         JOIN information_schema.TABLE_CONSTRAINTS t USING (CONSTRAINT_SCHEMA, CONSTRAINT_NAME)
         WHERE CONSTRAINT_SCHEMA = DATABASE() AND t.CONSTRAINT_TYPE = 'CHECK'`,
  );
  return new Map(
    rows
      .map((row) => checkSchema.parse(row))
      .flatMap(({ table, clause }): [string, readonly string[]][] => {
        const { column, values } = valuesOfCheck(clause) ?? {};
        return column === undefined || values === undefined ? [] : [[`${spelled(table)}.${column}`, values]];
      }),
  );
}
