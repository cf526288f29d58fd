import { printable, printableLines } from './printable.ts';

const maxBackticks = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/**
 * Escapes a text of unknown origin as Markdown that shows exactly it, on one line: no emphasis, link, image, HTML,
 * mention or table cell can come of it.
 */
export function markdownText(text: string): string {
  return (
    printable(text)
      .trim()
      .replace(/[\\`*_[\]<>~#$]/g, '\\$&')
      .replaceAll('&', '&amp;')
      // An entity holds where a backslash would be taken for the end of a cell.
      .replaceAll('|', '&#124;')
      // GitHub makes links of addresses and mentions even without brackets.
      .replaceAll('@', '&#64;')
      .replace(/:(?=\/\/)/g, '&#58;')
      .replace(/\b(?<www>www)\./gi, '$<www>&#46;')
      .replace(/^[-+=]/, '\\$&')
      .replace(/^(?<number>\d+)(?<mark>[.)])/, '$<number>\\$<mark>')
  );
}

/**
 * Renders a text of unknown origin as a code span, with more backticks around it than in it.
 *
 * A `|` in a code span would end a table's cell, and no escape is sure to hold there: such a text is shown as
 * {@link markdownText}.
 */
export function markdownCode(text: string): string {
  const shown = printable(text).trim();
  if (shown === '') return '';
  if (shown.includes('|')) return markdownText(shown);
  const fence = '`'.repeat(maxBackticks(shown) + 1);
  const space = fence.length > 1 ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Renders a text of unknown origin as a fenced block, its lines kept, with more backticks around it than in it. */
export function markdownBlock(text: string): string {
  const shown = printableLines(text);
  const fence = '`'.repeat(Math.max(3, maxBackticks(shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

/**
 * Renders a GitHub flavoured table, one line a row. The cells are Markdown already.
 *
 * @param alignment `l` or `r` for each column.
 */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  alignment: string,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = line(header.map((_, column) => (alignment[column] === 'r' ? '---:' : '---')));
  return [line(header), rule, ...rows.map(line)].join('\n');
}
