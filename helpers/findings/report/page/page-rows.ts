import { counted } from '../../../text/words/counted.ts';
import { pageTable } from '../../../text/page/page-table.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';
import { rowChanges, type ChangedRow, type ChangedTable } from './row-changes.ts';

const maxRows = 40;

const words = { new: 'new', gone: 'gone', changed: 'changed', same: 'as before' } as const;

const signed = (growth: number): string =>
  `${growth > 0 ? '+' : '−'}${Math.abs(growth).toLocaleString('en-US', { maximumFractionDigits: 20 })}`;

const cell = (row: ChangedRow, { before, after, growth }: ChangedRow['cells'][number]): Content => {
  if (row.change === 'gone') return before === undefined ? '–' : markup`<del>${before}</del>`;
  if (row.change === 'new') return after === undefined ? '–' : markup`<ins>${after}</ins>`;
  if (before === after) return after ?? '–';
  const by = growth === undefined ? undefined : markup` <small>${signed(growth)}</small>`;
  return markup`<span class="cell-changed"><del>${before ?? '–'}</del> → <ins>${after ?? '–'}</ins>${by}</span>`;
};

const table = ({ name, columns, rows }: ChangedTable): Markup => {
  const differing = rows.filter(({ change }) => change !== 'same');
  // Two that did not change show what the others are to be compared with; more would hide what did.
  const shown = [...differing.slice(0, maxRows), ...rows.slice(differing.length).slice(0, 2)];
  const left = rows.length - shown.length;
  const shownTable = pageTable(
    `Rows of ${name} before and after`,
    [{ title: name }, ...columns.map((title) => ({ title }))],
    shown.map((row) => ({
      cells: [
        markup`<span class="row-change ${row.change}">${words[row.change]}</span>`,
        ...row.cells.map((each) => cell(row, each)),
      ],
    })),
  );
  return markup`${shownTable}${left > 0 ? markup`<p class="muted">… and ${counted(left, 'more row')}</p>` : undefined}\n`;
};

/** Renders the rows before and after, with what differs marked. */
export function pageRows(rows: { before: unknown; after: unknown }): Markup {
  const tables = rowChanges(rows);
  if (tables.length === 0) return markup`<p class="muted">There were no rows before, and none after.</p>`;
  return markup`<div class="rows">${tables.map(table)}</div>`;
}
