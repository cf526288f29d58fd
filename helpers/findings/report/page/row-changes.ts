import { isRecord } from '../../../text/json.ts';

type Row = Readonly<Record<string, unknown>>;

interface Cell {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** How much a number grew, where it did. */
  readonly growth?: number;
}

export interface ChangedRow {
  readonly change: 'new' | 'gone' | 'changed' | 'same';
  /** One for each column. */
  readonly cells: readonly Cell[];
}

export interface ChangedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Those that differ first. */
  readonly rows: readonly ChangedRow[];
}

const order: readonly ChangedRow['change'][] = ['changed', 'gone', 'new', 'same'];

/** Amounts are grouped, ids are not: `380,000`, `70001`. */
const shown = (column: string, value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'number') {
    return value.toLocaleString('en-US', { maximumFractionDigits: 20, useGrouping: !/id$/i.test(column) });
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const rowsIn = (snapshot: unknown, table: string): readonly Row[] => {
  const rows: unknown = isRecord(snapshot) && Object.hasOwn(snapshot, table) ? snapshot[table] : undefined;
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
};

const namesOf = (snapshot: unknown): string[] => (isRecord(snapshot) ? Object.keys(snapshot) : []);

const textOf = (row: Row, columns: readonly string[]): string =>
  JSON.stringify(columns.map((column) => row[column] ?? null));

const isUnique = (rows: readonly Row[], columns: readonly string[]): boolean =>
  new Set(rows.map((row) => textOf(row, columns))).size === rows.length;

/** Returns the columns that say which row it is: the fewest first columns that no two rows of a moment share. */
const identityOf = (before: readonly Row[], after: readonly Row[], columns: readonly string[]): readonly string[] => {
  const count = columns.findIndex((_, index) =>
    [before, after].every((rows) => isUnique(rows, columns.slice(0, index + 1))),
  );
  return count === -1 ? columns : columns.slice(0, count + 1);
};

/** A column that was read at one moment alone has not changed. */
const cellOf = (column: string, before: Row | undefined, after: Row | undefined): Cell => {
  const read = [before, after].find((row) => row !== undefined && Object.hasOwn(row, column));
  const [was, is] = [before, after].map((row) => row && (Object.hasOwn(row, column) ? row : read)?.[column]);
  const growth = typeof was === 'number' && typeof is === 'number' ? is - was : 0;
  return { before: shown(column, was), after: shown(column, is), ...(growth !== 0 && { growth }) };
};

const changedRow = (columns: readonly string[], before: Row | undefined, after: Row | undefined): ChangedRow => {
  const cells = columns.map((column) => cellOf(column, before, after));
  const differs = cells.some((cell) => cell.before !== cell.after);
  return { change: before === undefined ? 'new' : after === undefined ? 'gone' : differs ? 'changed' : 'same', cells };
};

const changedTable = (name: string, before: readonly Row[], after: readonly Row[]): ChangedTable => {
  const columns = [...new Set([...before, ...after].flatMap((row) => Object.keys(row)))];
  const identity = identityOf(before, after, columns);
  const known = new Map(before.map((row) => [textOf(row, identity), row]));
  const still = new Set(after.map((row) => textOf(row, identity)));
  const rows = [
    ...before.filter((row) => !still.has(textOf(row, identity))).map((row) => changedRow(columns, row, undefined)),
    ...after.map((row) => changedRow(columns, known.get(textOf(row, identity)), row)),
  ];
  return { name, columns, rows: order.flatMap((change) => rows.filter((row) => row.change === change)) };
};

/**
 * Returns what became of the rows of each table between two snapshots, as in the ledger's attachment:
 * `{ accounts: [{ userId: 1, balance: 500 }] }`. Tables without rows are left out.
 */
export function rowChanges({ before, after }: { before: unknown; after: unknown }): readonly ChangedTable[] {
  return [...new Set([...namesOf(before), ...namesOf(after)])]
    .map((name) => changedTable(name, rowsIn(before, name), rowsIn(after, name)))
    .filter(({ rows }) => rows.length > 0);
}
