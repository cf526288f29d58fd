import { stripVTControlCharacters } from 'node:util';

const widthOf = (cell: string): number => stripVTControlCharacters(cell).length;

/**
 * Rows as lines whose columns stand below each other.
 *
 * @param alignment `l` or `r` for each column; columns beyond it are left-aligned.
 */
export function alignedRows(rows: readonly (readonly string[])[], alignment = '', gap = '  '): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return alignment[column] === 'r' ? padding + cell : cell + padding;
      })
      .join(gap)
      .trimEnd(),
  );
}
