import type { Connection, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { idFromTable, type Id } from '../profile/ids.ts';
import { accountRows, chargeRows, lineRows, orderRows, paymentRows, productRows, unionOf } from './ledger-queries.ts';
import { moneyCodec } from '../profile/money-codec.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** The rows of some accounts and products at one instant; money in won, stock in pieces. */
export interface LedgerSnapshot {
  readonly accounts: readonly { readonly userId: Id; readonly balance: number }[];
  readonly products: readonly {
    readonly productId: Id;
    /** As it was seeded; no snapshot reads it. */
    readonly name?: string | undefined;
    readonly stock: number;
    readonly price?: number | undefined;
  }[];
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
  /** What a gateway has charged and not given back; left out where the profile names no table of it. */
  readonly charges?: readonly { readonly orderId: Id; readonly amount: number }[];
}

const rowSchema = z.object({
  kind: z.enum(['account', 'product', 'order', 'item', 'payment', 'charge']),
  id: z.string(),
  a: z.string(),
  b: z.string(),
  c: z.string(),
  status: z.string(),
});

/**
 * Reads everything that the ledger needs in a single statement, so that all rows are of one instant even while requests
 * are in flight. Rows that refused orders have left are not among them.
 */
export async function readLedger(
  connection: Connection,
  { ids, money, tables, orderStatus }: TargetProfile,
  userIds: readonly Id[],
  productIds: readonly Id[],
): Promise<LedgerSnapshot> {
  const [rows] = await connection.query<RowDataPacket[]>(
    ...unionOf([
      accountRows(tables, userIds),
      productRows(tables, productIds),
      orderRows(tables, userIds),
      lineRows(tables, userIds),
      ...paymentRows(tables, userIds),
      ...chargeRows(tables, userIds),
    ]),
  );
  const { fromTable } = moneyCodec(money);
  const ifThere = (amount: string): number | undefined => (amount === '' ? undefined : fromTable(amount));
  const read = rows.map((row) => rowSchema.parse(row));
  const refused = new Set(
    read.filter(({ kind, status }) => kind === 'order' && orderStatus.refused?.includes(status)).map(({ id }) => id),
  );
  const ofKind = (kind: z.infer<typeof rowSchema>['kind']) =>
    read.filter((row) => row.kind === kind && !((kind === 'order' || kind === 'item') && refused.has(row.id)));
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
    ...(tables.charges && {
      charges: ofKind('charge').map(({ a, c }) => ({ orderId: order(a), amount: fromTable(c) })),
    }),
  };
}
