import type { TableStructure } from './table-structure.ts';

/** A statement and its values, as a connection takes them. */
export type Change = [statement: string, values: unknown[]];

// A limit that limits nothing: without one, MariaDB refuses a change for which no index helps after all.
const allOfThem = 'LIMIT 1000000000';

/**
 * A `DELETE` or `UPDATE` that finds its rows by the index over some columns, where there is one. Left to itself, a server
 * goes through a small table as a whole, and so locks, or waits for, every row on the way: those of the target's own
 * clients too, which may be refused for it.
 *
 * MySQL has the optimizer hint `INDEX` for that; MariaDB has none, but prefers any index to a whole table under
 * `sql_safe_updates`, which it takes for one statement. Each takes the other's for a comment.
 *
 * @param columns those that the statement looks for.
 */
export function withIndexHint(
  structure: Pick<TableStructure, 'indexOver'>,
  table: string,
  columns: readonly string[],
  [statement, values]: Change,
): Change {
  const index = structure.indexOver(table, columns);
  // Such a name would end the comment.
  if (index === undefined || `${table}${index}`.includes('*/')) return [statement, values];
  const hinted = statement.replace(
    /^(DELETE|UPDATE) /,
    '/*M! SET STATEMENT sql_safe_updates = 1 FOR */ $1 /*+ INDEX(?? ??) */ ',
  );
  return [`${hinted} ${allOfThem}`, [table, index, ...values]];
}
