import type { Tables } from '../../profile/tables.ts';
import { speaksOf } from '../words/concepts.ts';
import { wordsOf } from '../words/words-of.ts';
import { matchKeyTables } from './match-key-tables.ts';
import type { SchemaTable } from './read-schema.ts';
import { TableLook } from './table-look.ts';

/** What a table is like where there is one for it. */
type OwnTables = {
  readonly [Name in Exclude<keyof Tables, 'keys' | 'charges'>]: Extract<Tables[Name], { readonly table: string }>;
};

/** Tables that can hold what a profile names, the likeliest first, with the columns for it. */
export type TableCandidates = { readonly [Name in keyof OwnTables]: readonly OwnTables[Name][] } & {
  readonly keys: Tables['keys'];
};

interface Scored<Table> {
  readonly score: number;
  readonly table: Table;
}

const maxCandidates = 3;

const best = <Table>(scored: readonly (Scored<Table> | undefined)[], minScore: number): Table[] =>
  scored
    .filter((one) => one !== undefined)
    .filter(({ score }) => score >= minScore)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, maxCandidates)
    .map(({ table }) => table);

const points = (condition: unknown, value: number): number =>
  condition !== undefined && condition !== false && condition !== '' ? value : 0;

/**
 * What a row must have although it may be empty: a version, or an object-relational mapper takes it for a new one; and a
 * yes to whether it is in use.
 */
const neededValues: readonly (readonly [names: RegExp, value: number])[] = [
  [/^(?:lock_?)?version$|^opt_?lock$/i, 0],
  [/^(?:is_?)?(?:active|enabled|available|visible|published|displayed|sellable|(?:on|for)_?sale)$/i, 1],
];

function fixedOf({ table }: TableLook): { fixed: Record<string, number> } | undefined {
  const numbers = table.columns.filter(({ type, hasDefault }) => /int|bit|bool/.test(type) && !hasDefault);
  const fixed = numbers.flatMap(({ name }): [string, number][] => {
    const found = neededValues.find(([names]) => names.test(name));
    return found ? [[name, found[1]]] : [];
  });
  return fixed.length > 0 ? { fixed: Object.fromEntries(fixed) } : undefined;
}

function usersOf(looks: readonly TableLook[]): OwnTables['users'][] {
  const referenced = looks.flatMap(({ table }) => [...table.references.values()]);
  return best(
    looks.map((look): Scored<OwnTables['users']> | undefined => {
      const { id, name: table } = look;
      const { userName: name, email } = look.columns(['userName', 'email']);
      const isNamed = name !== undefined || email !== undefined;
      // Where users are no more than ids, only the table's own name tells that it is theirs.
      if (id === undefined || (!isNamed && !look.speaksOf('user'))) return undefined;
      const score =
        points(look.speaksOf('user'), isNamed ? 3 : 3.5) +
        points(email, 1) +
        points(name, 0.5) +
        points(referenced.includes(table), 1) -
        points(look.isAside, 3) -
        points(look.referenceTo(looks.map((one) => one.name)), 1) -
        points(look.speaksOf('balance') || look.speaksOf('order') || look.speaksOf('product'), 2) -
        (wordsOf(table).length - 1) * 0.3;
      return {
        score,
        table: {
          table,
          id,
          ...(name !== undefined && { name }),
          ...(email !== undefined && { email }),
          ...fixedOf(look),
        },
      };
    }),
    3,
  );
}

function balancesOf(looks: readonly TableLook[], users: readonly OwnTables['users'][]): OwnTables['balances'][] {
  return best(
    looks.map((look): Scored<OwnTables['balances']> | undefined => {
      const own = users.find(({ table }) => table === look.name);
      const { userId: named, balance } = look.columns(['userId', 'balance'], 'userId');
      const userId = own?.id ?? look.referenceTo(users.map(({ table }) => table)) ?? named;
      if (userId === undefined || balance === undefined || balance === userId) return undefined;
      const isNamed = speaksOf('balance', balance);
      if (own && !isNamed) return undefined;
      const score =
        points(look.speaksOf('balance'), 3) +
        points(isNamed, 1.5) +
        points(own, 1.5) +
        points(look.isKeptApart(userId), 1) -
        points(look.isAside, 4) -
        points(look.speaksOf('order') || look.speaksOf('payment') || look.speaksOf('product'), 3) -
        points(look.speaksOf('key'), 4);
      const fixed = own?.fixed ? undefined : fixedOf(look);
      return { score, table: { table: look.name, userId, balance, ...(!own && fixed) } };
    }),
    3,
  );
}

function productsOf(looks: readonly TableLook[]): OwnTables['products'][] {
  return best(
    looks.map((look): Scored<OwnTables['products']> | undefined => {
      const { id } = look;
      const { name, price, stock } = look.columns(['name', 'price', 'stock']);
      if (id === undefined || name === undefined || price === undefined || stock === undefined) return undefined;
      const isLine = look.columns(['orderId']).orderId !== undefined;
      const score =
        points(look.speaksOf('product'), 3) +
        points(speaksOf('stock', stock), 1) +
        points(speaksOf('price', price), 0.5) -
        points(look.isAside, 3) -
        points(isLine || look.speaksOf('order'), 4);
      return { score, table: { table: look.name, id, name, price, stock, ...fixedOf(look) } };
    }),
    2,
  );
}

function ordersOf(looks: readonly TableLook[], users: readonly OwnTables['users'][]): OwnTables['orders'][] {
  return best(
    looks.map((look): Scored<OwnTables['orders']> | undefined => {
      const { id, name: table } = look;
      const columns = look.columns(['userId', 'totalAmount', 'subtotalAmount', 'status']);
      const userId = look.referenceTo(users.map((one) => one.table)) ?? columns.userId;
      const { totalAmount: total, subtotalAmount: subtotal, status } = columns;
      if (id === undefined || userId === undefined || total === undefined || status === undefined) return undefined;
      const score =
        points(look.speaksOf('order'), 3) +
        2 -
        points(look.isAside, 3) -
        points(
          look.speaksOf('payment') || look.speaksOf('cancel') || look.speaksOf('key') || look.speaksOf('refund'),
          4,
        ) -
        (wordsOf(table).length - 1) * 0.5;
      return { score, table: { table, id, userId, total, ...(subtotal !== undefined && { subtotal }), status } };
    }),
    3,
  );
}

function linesOf(
  looks: readonly TableLook[],
  orders: readonly OwnTables['orders'][],
  products: readonly OwnTables['products'][],
): OwnTables['orderItems'][] {
  return best(
    looks.map((look): Scored<OwnTables['orderItems']> | undefined => {
      const columns = look.columns(['orderId', 'productId', 'quantity', 'subtotal']);
      // An order of one product is its own line.
      const ownId = orders.find(({ table }) => table === look.name)?.id;
      const orderId = ownId ?? look.referenceTo(orders.map(({ table }) => table)) ?? columns.orderId;
      const productId = look.referenceTo(products.map(({ table }) => table)) ?? columns.productId;
      const { quantity, subtotal } = columns;
      if (orderId === undefined || productId === undefined || quantity === undefined) return undefined;
      const isSum = ownId === undefined && subtotal !== undefined && /total|sum/i.test(subtotal);
      const score =
        points(look.speaksOf('line') && ownId === undefined, 2) +
        points(look.speaksOf('order'), 1) +
        2 -
        points(look.isAside, 3) -
        points(look.speaksOf('refund') || look.speaksOf('cancel'), 3);
      return { score, table: { table: look.name, orderId, productId, quantity, ...(isSum && { subtotal }) } };
    }),
    2,
  );
}

function paymentsOf(looks: readonly TableLook[], orders: readonly OwnTables['orders'][]): OwnTables['payments'][] {
  return best(
    looks.map((look): Scored<OwnTables['payments']> | undefined => {
      const { id, name: table } = look;
      const columns = look.columns(['orderId', 'userId', 'paidAmount']);
      const orderId = look.referenceTo(orders.map((one) => one.table)) ?? columns.orderId;
      const { userId, paidAmount: amount } = columns;
      if (id === undefined || orderId === undefined || amount === undefined || orderId === id) return undefined;
      const score =
        points(look.speaksOf('payment'), 3) +
        1 -
        points(look.isAside, 3) -
        points(look.speaksOf('key') || look.speaksOf('refund') || look.speaksOf('cancel') || look.speaksOf('line'), 4) -
        (wordsOf(table).length - 1) * 0.3;
      return { score, table: { table, id, orderId, ...(userId !== undefined && { userId }), amount } };
    }),
    3,
  );
}

/** What a database tells of a profile. */
export interface MatchedTables {
  readonly candidates: TableCandidates;
  /** The column of the likeliest orders that holds their lines as JSON, where there is one. */
  readonly linesColumn?: string;
  /** Whom a key belongs to, by the unique index over keys. */
  readonly keysBelongTo?: 'user' | 'everybody';
  /** Maximum length of a key, by its column. */
  readonly keyLength?: number;
}

/** Returns the tables that can hold what a profile names, by their names, columns, foreign keys and unique indexes. */
export function matchTables(tables: readonly SchemaTable[]): MatchedTables {
  const looks = tables.map((table) => new TableLook(table));
  const users = usersOf(looks);
  const products = productsOf(looks);
  const orders = ordersOf(looks, users);
  const { keys, ...ofKeys } = matchKeyTables(looks, users);
  const ofOrders = tables.find(({ name }) => name === orders[0]?.table);
  // MariaDB's JSON is a LONGTEXT with a check.
  const linesColumn = ofOrders?.columns.find(
    ({ name, type }) => /^(?:json|longtext)$/.test(type) && speaksOf('line', name),
  );
  return {
    ...(linesColumn && { linesColumn: linesColumn.name }),
    candidates: {
      users,
      balances: balancesOf(looks, users),
      products,
      orders,
      orderItems: linesOf(looks, orders, products),
      payments: paymentsOf(looks, orders),
      keys,
    },
    ...ofKeys,
  };
}
