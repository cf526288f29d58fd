import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

/** A column that an insert must fill although the profile does not know it. */
export interface RequiredColumn {
  readonly name: string;
  /** SQL that fills it. */
  readonly filler: string;
  /** True when the filler is only a guess, so that a value of other rows is better. */
  readonly isGuess: boolean;
}

/** The properties of a column that decide how to fill it. */
interface FilledColumn {
  readonly dataType: string;
  readonly isUnique: boolean;
  readonly maxLength: number | null;
}

/** Returns SQL that fills a column of which only the type is known. */
export function columnFiller({ dataType, isUnique, maxLength }: FilledColumn, isPartOfUnique: boolean): string {
  if (/^(datetime|timestamp)/.test(dataType)) return 'UTC_TIMESTAMP()';
  if (dataType === 'date') return 'UTC_DATE()';
  if (dataType === 'time') return "'00:00:00'";
  if (dataType === 'year') return '2000';
  // The first value of the enum, by its number.
  if (dataType === 'enum') return '1';
  // MariaDB's JSON is a LONGTEXT with a check.
  if (/^(json|longtext)$/.test(dataType)) return "'{}'";
  if (/^(\w*int|decimal|float|double|bit|bool)/.test(dataType)) return isUnique ? 'UUID_SHORT() & 0x7fffffff' : '0';
  if (dataType === 'uuid') return 'UUID()';
  // Only texts: a number in a unique key may be the id of a tenant, which must not be invented.
  if ((isUnique || isPartOfUnique) && maxLength !== null) return `LEFT(UUID(), ${Math.min(maxLength, 36)})`;
  return "''";
}

/** Returns whether a new row can have the same value in a column as other rows, such as a role, status or currency. */
export const isRepeatable = ({ dataType, isUnique }: FilledColumn, isPartOfUnique: boolean): boolean =>
  !isUnique && !isPartOfUnique && !/^(datetime|timestamp|date|time|year|json|\w*blob)$/.test(dataType);

/** Number of rows in which the most common value is searched. */
const sampleSize = 1000;

const commonSchema = z.union([z.number(), z.string(), z.instanceof(Buffer)]);
type CommonValue = z.infer<typeof commonSchema>;

/** Returns the most common value of a column in a sample of rows; undefined for an empty table. */
export async function mostCommonValue(pool: Pool, table: string, column: string): Promise<CommonValue | undefined> {
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT common AS value FROM (SELECT ?? AS common FROM ?? LIMIT ${sampleSize}) AS sampled
      GROUP BY common ORDER BY COUNT(*) DESC LIMIT 1`,
    [column, table],
  );
  return commonSchema.safeParse(rows[0]?.value).data;
}
