import type { Pool } from 'mysql2/promise';
import { isOffered } from '../../profile/endpoint-forms.ts';
import type { Tables } from '../../profile/tables.ts';
import { Blocked } from '../../text/blocked.ts';
import { groupedBy } from '../../text/words/grouped-by.ts';
import { accountOf } from '../rows/account-of.ts';
import { codeOf } from '../connection/explain-database-error.ts';
import type { ShopDatabase } from '../shop-database.ts';

const allRights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

type Right = (typeof allRights)[number];

/** Rights that are needed in a table, by its name. */
type Rights = ReadonlyMap<string, ReadonlySet<Right>>;

/** What a run does to the rows of users and products: it inserts some of its own, or leases those of a setting. */
export interface RowsOfRun {
  readonly insertsUsers: boolean;
  readonly insertsProducts: boolean;
  /** It could lease rows as well. */
  readonly mayLease?: boolean;
}

/** What the database user may not do, in a sentence, and what to do about that. */
export interface MissingRights {
  readonly lack: string;
  readonly cure: string;
}

/** Statements that need a right and touch no row. */
const trials: Readonly<Record<Right, string>> = {
  SELECT: 'SELECT 1 FROM ?? WHERE FALSE',
  INSERT: 'INSERT INTO ?? (??) SELECT NULL FROM DUAL WHERE FALSE',
  UPDATE: 'UPDATE ?? SET ?? = NULL WHERE FALSE',
  DELETE: 'DELETE FROM ?? WHERE FALSE',
};

const denials = ['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'];

const readOnly = ['ER_OPTION_PREVENTS_STATEMENT', 'ER_READ_ONLY_MODE', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'];

/** Returns whether the server has refused a statement for want of a right. */
export const isDenied = (error: unknown): boolean => denials.includes(codeOf(error));

/** Returns the rights that a run needs in the tables of a profile. */
function neededRights({ tables }: ShopDatabase['profile'], { insertsUsers, insertsProducts }: RowsOfRun): Rights {
  const needed = new Map<string, Set<Right>>();
  const need = (held: object, ...rights: readonly Right[]): void => {
    // Balances and payments may be missing, and lines may be in a column of the orders.
    if (!('table' in held) || typeof held.table !== 'string') return;
    const { table } = held;
    needed.set(table, new Set([...(needed.get(table) ?? []), 'SELECT', ...rights]));
  };
  const own: readonly Right[] = ['INSERT', 'DELETE'];
  const { users, balances, products, orders, orderItems, payments, keys }: Tables = tables;
  need(users, ...(insertsUsers ? own : []));
  need(balances, 'UPDATE', ...(insertsUsers ? own : []));
  need(products, 'UPDATE', ...(insertsProducts ? own : []));
  for (const made of [orders, orderItems, payments]) need(made, 'DELETE');
  for (const kept of keys) need(kept, 'UPDATE', 'DELETE');
  return needed;
}

/** Adds the tables whose rows refer to those that are removed: they go first. */
function withReferring(needed: Rights, structure: ShopDatabase['structure']): Rights {
  const all = new Map<string, ReadonlySet<Right>>(needed);
  const emptied = [...all].filter(([, rights]) => rights.has('DELETE')).map(([table]) => table);
  // The loop also visits the tables that it adds.
  for (const table of emptied) {
    for (const reference of structure.referencesTo(table)) {
      const rights = all.get(reference.table);
      if (rights?.has('DELETE')) continue;
      all.set(reference.table, new Set([...(rights ?? []), 'SELECT', 'DELETE']));
      emptied.push(reference.table);
    }
  }
  return all;
}

async function lackIn(pool: Pool, table: string, column: string, rights: Iterable<Right>): Promise<Right[]> {
  const lacking: Right[] = [];
  for (const right of rights) {
    try {
      await pool.query(trials[right], right === 'SELECT' || right === 'DELETE' ? [table] : [table, column]);
    } catch (error) {
      if (readOnly.includes(codeOf(error))) {
        throw new Blocked(
          'The database server is read-only, and a run writes users, products and orders to it. Is DB_HOST a replica? ' +
            'Set it to the primary.',
        );
      }
      // Whatever else is wrong with such a statement, it may be made.
      if (isDenied(error)) lacking.push(right);
    }
  }
  return lacking;
}

const inOrder = (rights: Iterable<Right>): string => {
  const given = new Set(rights);
  return allRights.filter((right) => given.has(right)).join(', ');
};

const maxStatements = 3;

// One name each, with dots and all.
const quoted = (text: string): string => `\`${text.replaceAll('`', '``')}\``;

/** Returns the statement that lets the user of a database read all of its tables. */
export const grantOfReading = async ({ name, pool }: ShopDatabase): Promise<string> =>
  `GRANT SELECT ON ${quoted(name)}.* TO ${await accountOf(pool)};`;

/** Returns the statements that grant what is lacking: a table at a time, or where many lack something all at once. */
const grantsOf = (
  { name }: ShopDatabase,
  account: string,
  lacking: readonly { readonly table: string; readonly rights: readonly Right[] }[],
): string => {
  const database = quoted(name);
  const grants =
    lacking.length > maxStatements
      ? [`GRANT ${inOrder(lacking.flatMap(({ rights }) => rights))} ON ${database}.* TO ${account};`]
      : lacking.map(({ table, rights }) => `GRANT ${inOrder(rights)} ON ${database}.${quoted(table)} TO ${account};`);
  return grants.join(' ');
};

async function lackingFor(database: ShopDatabase, rows: RowsOfRun) {
  const { pool, profile, structure } = database;
  const needed = withReferring(neededRights(profile, rows), structure);
  const lacking: { table: string; rights: Right[] }[] = [];
  for (const [table, rights] of needed) {
    const [column] = structure.tables.get(table) ?? [];
    // What is not there is no matter of rights.
    if (column === undefined) continue;
    const missing = await lackIn(pool, table, column, rights);
    if (missing.length > 0) lacking.push({ table, rights: missing });
  }
  return lacking;
}

/**
 * Tries with statements that touch no row whether the database user may do all that a run needs.
 *
 * @returns what is missing, with the GRANT for it; undefined where nothing is.
 * @throws Blocked where nobody may write, since the server is read-only.
 */
export async function missingRights(database: ShopDatabase, rows: RowsOfRun): Promise<MissingRights | undefined> {
  const lacking = await lackingFor(database, rows);
  if (lacking.length === 0) return undefined;
  const account = await accountOf(database.pool);
  const alike = groupedBy(lacking, ({ rights }) => inOrder(rights));
  const said = [...alike].map(([rights, ofTables]) => `${rights} in ${ofTables.map(({ table }) => table).join(', ')}`);
  const lack = `The database user ${account} lacks rights in ${database.place}: ${said.join('; ')}`;
  const cure = `Let an administrator say: ${grantsOf(database, account, lacking)}`;
  if (!rows.mayLease) return { lack, cure };
  const leasing = await lackingFor(database, { insertsUsers: false, insertsProducts: false });
  const { balances, products } = database.profile.tables;
  const leased = [...(isOffered(balances) ? [balances.table] : []), products.table];
  const canLease = !leasing.some(({ table, rights }) => leased.includes(table) && rights.includes('UPDATE'));
  if (!canLease || leasing.length === lacking.length) return { lack, cure };
  const still = leasing.length > 0 ? `, with no more than ${grantsOf(database, account, leasing)}` : '';
  return {
    lack,
    cure: `${cure} Or set USER_IDS and PRODUCT_IDS: users and products that are there are leased then${still}`,
  };
}
