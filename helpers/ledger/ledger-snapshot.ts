import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { idFromTable, type Id } from '../profile/ids.ts';
import { moneyCodec } from '../profile/money-codec.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** The rows of some accounts and products at one instant; money in won, stock in pieces. */
export interface LedgerSnapshot {
  readonly accounts: readonly { readonly userId: Id; readonly balance: number }[];
  readonly products: readonly { readonly productId: Id; readonly stock: number; readonly price?: number | undefined }[];
  readonly orders: readonly {
    readonly orderId: Id;
    readonly userId: Id;
    readonly total: number;
    /** Before any discount; left out where the profile names no column for it. */
    readonly subtotal?: number | undefined;
    readonly status: string;
  }[];
  readonly items: readonly {
    readonly orderId: Id;
    readonly productId: Id;
    readonly quantity: number;
    /** Left out where the profile names no column for it. */
    readonly subtotal?: number | undefined;
  }[];
  readonly payments: readonly {
    readonly paymentId: Id;
    readonly orderId: Id;
    readonly userId: Id;
    readonly amount: number;
  }[];
}

const rowSchema = z.object({
  kind: z.enum(['account', 'product', 'order', 'item', 'payment']),
  id: z.string(),
  a: z.string(),
  b: z.string(),
  c: z.string(),
  status: z.string(),
});

/**
 * Reads everything that the ledger needs in a single statement, so that all rows are of one instant even while requests
 * are in flight.
 */
export async function readLedger(
  connection: Connection,
  { ids, money, tables }: TargetProfile,
  userIds: readonly Id[],
  productIds: readonly Id[],
): Promise<LedgerSnapshot> {
  const { balances, products, orders, orderItems, payments } = tables;
  // An empty IN list is a syntax error; no row has the id -1.
  const users = userIds.length > 0 ? userIds : [-1];
  const goods = productIds.length > 0 ? productIds : [-1];
  const payer = payments.userId === undefined ? ['o', orders.userId] : ['p', payments.userId];
  const succeeded = payments.succeeded ? ' AND p.?? = ?' : '';
  const success = payments.succeeded ? [payments.succeeded.column, payments.succeeded.value] : [];
  // Ids, amounts and texts stand in the same columns, so all are read as text.
  const text = (column: string): string => `CAST(${column} AS CHAR)`;
  const named = (column: string | undefined): string[] => (column === undefined ? [] : [column]);
  const optional = (column: string | undefined, place: string): string =>
    column === undefined ? "''" : `COALESCE(${text(place)}, '')`;
  const foreignPayments =
    payments.userId === undefined
      ? ''
      : `UNION ALL SELECT 'payment', ${['p.??', 'p.??', 'p.??', 'p.??'].map(text).join()}, '' FROM ?? p
           LEFT JOIN ?? o ON o.?? = p.?? WHERE p.?? IN (?) AND (o.?? IS NULL OR o.?? NOT IN (?))${succeeded}`;
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT 'account' AS kind, ${text('??')} AS id, ${text('??')} AS a, '' AS b, '' AS c, '' AS status
       FROM ?? WHERE ?? IN (?)
     UNION ALL SELECT 'product', ${['??', '??', '??'].map(text).join()}, '', '' FROM ?? WHERE ?? IN (?)
     UNION ALL SELECT 'order', ${['??', '??', '??'].map(text).join()}, ${optional(orders.subtotal, '??')}, ${text('??')}
       FROM ?? WHERE ?? IN (?)
     UNION ALL SELECT 'item', ${['i.??', 'i.??', 'i.??'].map(text).join()}, ${optional(orderItems.subtotal, 'i.??')}, '' FROM ?? i
       JOIN ?? o ON o.?? = i.?? WHERE o.?? IN (?)
     UNION ALL SELECT 'payment', ${['p.??', 'p.??', '??.??', 'p.??'].map(text).join()}, '' FROM ?? p
       JOIN ?? o ON o.?? = p.?? WHERE o.?? IN (?)${succeeded}
     ${foreignPayments}`,
    [
      ...[balances.userId, balances.balance, balances.table, balances.userId, users],
      ...[products.id, products.stock, products.price, products.table, products.id, goods],
      ...[orders.id, orders.userId, orders.total, ...named(orders.subtotal), orders.status, orders.table],
      ...[orders.userId, users],
      ...[orderItems.orderId, orderItems.productId, orderItems.quantity, ...named(orderItems.subtotal)],
      ...[orderItems.table, orders.table, orders.id, orderItems.orderId, orders.userId, users],
      ...[payments.id, payments.orderId, ...payer, payments.amount, payments.table, orders.table, orders.id],
      ...[payments.orderId, orders.userId, users, ...success],
      ...(payments.userId === undefined
        ? []
        : [
            ...[payments.id, payments.orderId, payments.userId, payments.amount, payments.table, orders.table],
            ...[orders.id, payments.orderId, payments.userId, users, orders.id, orders.userId, users, ...success],
          ]),
    ],
  );
  const { fromTable } = moneyCodec(money);
  const ifThere = (amount: string): number | undefined => (amount === '' ? undefined : fromTable(amount));
  const read = rows.map((row) => rowSchema.parse(row));
  const ofKind = (kind: z.infer<typeof rowSchema>['kind']) => read.filter((row) => row.kind === kind);
  const user = (id: string): Id => idFromTable(ids.user, id);
  const product = (id: string): Id => idFromTable(ids.product, id);
  const order = (id: string): Id => idFromTable(ids.order, id);
  return {
    accounts: ofKind('account').map(({ id, a }) => ({ userId: user(id), balance: fromTable(a) })),
    products: ofKind('product').map(({ id, a, b }) => ({
      productId: product(id),
      stock: Number(a),
      price: fromTable(b),
    })),
    orders: ofKind('order').map(({ id, a, b, c, status }) => ({
      orderId: order(id),
      userId: user(a),
      total: fromTable(b),
      subtotal: ifThere(c),
      status,
    })),
    items: ofKind('item').map(({ id, a, b, c }) => ({
      orderId: order(id),
      productId: product(a),
      quantity: Number(b),
      subtotal: ifThere(c),
    })),
    payments: ofKind('payment').map(({ id, a, b, c }) => ({
      paymentId: idFromTable(ids.payment, id),
      orderId: order(a),
      userId: user(b),
      amount: fromTable(c),
    })),
  };
}
