import type { TableStructure } from '../structure/table-structure.ts';

/** A statement and its values, as a connection takes them. */
export type Change = [statement: string, values: unknown[]];

// No real limit: without one, MariaDB refuses a change for which no index helps after all.
const allOfThem = 'LIMIT 1000000000';

/**
 * Returns a `DELETE` or `UPDATE` that finds its rows by the index over some columns, where there is one. By default, a
 * server scans a small table and thereby locks, or waits for, every row of it: also those of the target's own clients,
 * whose requests may be refused for it.
 *
 * MySQL has the optimizer hint `INDEX` for that; MariaDB has none, but prefers any index to a table scan under
 * `sql_safe_updates`, which can be set for one statement. Each treats the other's syntax as a comment.
 *
 * @param columns the columns of the statement's condition.
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
