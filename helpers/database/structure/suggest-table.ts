import { nameSimilarity, nearestName } from '../../text/words/name-similarity.ts';

/** The columns of a database, by table. */
export type TableColumns = ReadonlyMap<string, readonly string[]>;

/** Returns the tables that may be meant, likeliest first: by their names and by the wanted columns that they have. */
export function suggestTables(wanted: string, columns: readonly string[], tables: TableColumns): string[] {
  return [...tables]
    .map(([table, has]) => ({
      table,
      score:
        nameSimilarity(wanted, table) * 2 +
        columns.filter((column) => has.includes(column)).length / Math.max(1, columns.length) +
        Number(sharesWord(wanted, table)) * 0.5,
    }))
    .filter(({ score }) => score >= 0.75)
    .toSorted((one, other) => other.score - one.score)
    .map(({ table }) => table);
}

const wordsOf = (name: string): string[] =>
  name.split(/[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase().replace(/(?<=..)s$/, ''));

const sharesWord = (one: string, other: string): boolean => {
  const words = wordsOf(other);
  return wordsOf(one).some((word) => word.length > 2 && words.includes(word));
};

/** Returns the column that is most likely meant, in the same table or else in another one. */
export function suggestColumn(
  table: string,
  wanted: string,
  tables: TableColumns,
): { table: string; column: string } | undefined {
  const own = tables.get(table) ?? [];
  const near = nearestName(wanted, own) ?? own.find((column) => sharesWord(wanted, column));
  if (near !== undefined) return { table, column: near };
  const elsewhere = [...tables].find(([, columns]) => columns.includes(wanted));
  return elsewhere && { table: elsewhere[0], column: wanted };
}
