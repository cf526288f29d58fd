import type { Id } from '../profile/ids.ts';
import { offered } from '../profile/endpoint-forms.ts';
import type { LinesInTable, Tables } from '../profile/tables.ts';

/** A statement with its values in place of `??` and `?`. */
export type Query = readonly [sql: string, values: readonly unknown[]];

// Ids, amounts and texts stand in the same columns, so all are read as text.
const text = (column: string): string => `CAST(${column} AS CHAR)`;

// An empty IN list is a syntax error, and nothing is equal to NULL: a target may have rows under any id, even -1.
const some = (ids: readonly Id[]): readonly (Id | null)[] => (ids.length > 0 ? ids : [null]);

/** Returns all rows of some queries as one statement, so that they are of one instant. */
export const unionOf = (queries: readonly Query[]): [sql: string, values: unknown[]] => [
  queries.map(([sql]) => sql).join(' UNION ALL '),
  queries.flatMap(([, values]) => values),
];

/** Where users hold no balance, it is 0. */
export function accountRows({ users, balances }: Tables, userIds: readonly Id[]): Query {
  const held = offered(balances);
  return [
    `SELECT 'account' AS kind, ${text('??')} AS id, ${held ? text('??') : "'0'"} AS a, '' AS b, '' AS c, '' AS status
       FROM ?? WHERE ?? IN (?)`,
    held
      ? [held.userId, held.balance, held.table, held.userId, some(userIds)]
      : [users.id, users.table, users.id, some(userIds)],
  ];
}

export const productRows = ({ products }: Tables, productIds: readonly Id[]): Query => [
  `SELECT 'product', ${['??', '??', '??'].map(text).join()}, '', '' FROM ?? WHERE ?? IN (?)`,
  [products.id, products.stock, products.price, products.table, products.id, some(productIds)],
];

export function orderRows({ orders }: Tables, userIds: readonly Id[]): Query {
  const { table, id, userId, total, subtotal, status } = orders;
  return [
    `SELECT 'order', ${['??', '??', '??'].map(text).join()}, ${optional(subtotal, '??')}, ${text('??')} FROM ?? WHERE ?? IN (?)`,
    [id, userId, total, ...named(subtotal), status, table, userId, some(userIds)],
  ];
}

export function lineRows(tables: Tables, userIds: readonly Id[]): Query {
  const { orders } = tables;
  const { from, values, orderId, productId, quantity, subtotal } = linesOf(tables);
  return [
    `SELECT 'item', ${['i.??', 'i.??', 'i.??'].map(text).join()}, ${optional(subtotal, 'i.??')}, '' FROM ${from} i
       JOIN ?? o ON o.?? = i.?? WHERE o.?? IN (?)`,
    [
      ...[orderId, productId, quantity, ...named(subtotal), ...values, orders.table, orders.id, orderId],
      ...[orders.userId, some(userIds)],
    ],
  ];
}

/** Returns what lines are read from, to stand behind FROM, and the names of their columns. */
export function linesOf({ orders, orderItems }: Tables): {
  readonly from: string;
  readonly values: readonly string[];
} & Omit<LinesInTable, 'table'> {
  if (!('inColumn' in orderItems)) return { from: '??', values: [orderItems.table], ...orderItems };
  const { inColumn, productId, quantity } = orderItems;
  return {
    from: `(SELECT h.?? AS order_id, l.product_id, l.quantity FROM ?? h JOIN JSON_TABLE(h.??, '$[*]'
             COLUMNS (product_id VARCHAR(255) PATH ?, quantity INT PATH ?)) l)`,
    values: [orders.id, orders.table, inColumn, jsonPath(productId), jsonPath(quantity)],
    ...{ orderId: 'order_id', productId: 'product_id', quantity: 'quantity' },
  };
}

const jsonPath = (path: string): string =>
  `$${path
    .split('.')
    .map((name) => `.${JSON.stringify(name)}`)
    .join('')}`;

/**
 * Returns the queries for the payments of some users' orders; where payments name who made them, also those of other
 * orders.
 */
export function paymentRows({ orders, payments }: Tables, userIds: readonly Id[]): Query[] {
  const paid = offered(payments);
  if (!paid) return [];
  const { table, id, orderId, userId, amount, succeeded } = paid;
  const users = some(userIds);
  const payer = userId === undefined ? ['o', orders.userId] : ['p', userId];
  const condition = succeeded ? ' AND p.?? = ?' : '';
  const success = succeeded ? [succeeded.column, succeeded.value] : [];
  const ofOrders: Query = [
    `SELECT 'payment', ${['p.??', 'p.??', '??.??', 'p.??'].map(text).join()}, '' FROM ?? p
       JOIN ?? o ON o.?? = p.?? WHERE o.?? IN (?)${condition}`,
    [id, orderId, ...payer, amount, table, orders.table, orders.id, orderId, orders.userId, users, ...success],
  ];
  if (userId === undefined) return [ofOrders];
  return [
    ofOrders,
    [
      `SELECT 'payment', ${['p.??', 'p.??', 'p.??', 'p.??'].map(text).join()}, '' FROM ?? p
         LEFT JOIN ?? o ON o.?? = p.?? WHERE p.?? IN (?) AND (o.?? IS NULL OR o.?? NOT IN (?))${condition}`,
      [
        ...[id, orderId, userId, amount, table, orders.table, orders.id, orderId, userId, users],
        ...[orders.id, orders.userId, users, ...success],
      ],
    ],
  ];
}

/** Returns the query for what a gateway has charged for some users' orders. */
export function chargeRows({ orders, charges }: Tables, userIds: readonly Id[]): Query[] {
  if (!charges) return [];
  const { table, orderId, amount, succeeded } = charges;
  return [
    [
      `SELECT 'charge', '', ${text('c.??')}, '', ${text('c.??')}, '' FROM ?? c
         JOIN ?? o ON o.?? = c.?? WHERE o.?? IN (?)${succeeded ? ' AND c.?? = ?' : ''}`,
      [
        ...[orderId, amount, table, orders.table, orders.id, orderId, orders.userId, some(userIds)],
        ...(succeeded ? [succeeded.column, succeeded.value] : []),
      ],
    ],
  ];
}

const named = (column: string | undefined): string[] => (column === undefined ? [] : [column]);

const optional = (column: string | undefined, place: string): string =>
  column === undefined ? "''" : `COALESCE(${text(place)}, '')`;
