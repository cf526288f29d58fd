import { markup, type Content, type Markup } from './markup.ts';

/** A column of a table; numbers are aligned to the right. */
export interface PageColumn {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A row: its cells, the first of which heads it, and what stands below it across all columns. */
interface Row {
  readonly cells: readonly Content[];
  readonly below?: Content;
}

const alignment = (column: PageColumn | undefined): Content => (column?.isNumber ? markup` class="number"` : undefined);

const rowOf = (columns: readonly PageColumn[], { cells, below }: Row): Markup => {
  const [head, ...others] = cells;
  const data = others.map((cell, index) => markup`<td${alignment(columns[index + 1])}>${cell}</td>`);
  return markup`<tr><th scope="row">${head}</th>${data}</tr>${
    below === undefined ? undefined : markup`<tr class="sample"><td colspan="${columns.length}">${below}</td></tr>`
  }`;
};

/**
 * Renders a table that scrolls inside itself where the page is too narrow for it.
 *
 * @param name what it is a table of, for people who cannot see it.
 */
export function pageTable(name: string, columns: readonly PageColumn[], rows: readonly Row[]): Markup {
  const header = columns.map((column) => markup`<th scope="col"${alignment(column)}>${column.title}</th>`);
  return markup`<div class="scroll" role="region" aria-label="${name}" tabindex="0">
<table>
<thead><tr>${header}</tr></thead>
<tbody>
${rows.map((row) => markup`${rowOf(columns, row)}\n`)}</tbody>
</table>
</div>`;
}
