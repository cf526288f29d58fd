import { needed } from '../../profile/endpoint-forms.ts';
import { z } from 'zod';
import { idFromTable, type Id } from '../../profile/ids.ts';
import { moneyCodec } from '../../profile/money-codec.ts';
import type { IdForm, TargetProfile } from '../../profile/target-profile.ts';

const number = z.coerce.number();

/** Rows as the target has them, in the suite's forms: ids as its JSON says them, amounts in the smallest unit. */
export const rowSchemas = ({ ids, money }: TargetProfile) => {
  const { fromTable } = moneyCodec(money);
  const value = z.union([z.number(), z.string()]);
  const amount = value.transform(fromTable);
  const idOf = (form: IdForm) => value.transform((id) => idFromTable(form, id));
  const userId = idOf(ids.user);
  const productId = idOf(ids.product);
  return {
    account: z.object({ userId, balance: amount, orders: number, payments: number, paid: amount }),
    product: z.object({ productId, price: amount, stock: number, taken: number }),
    price: z.object({ productId, price: amount }),
    holdings: z.object({
      balanceLowest: amount.nullable(),
      balanceTotal: amount.nullable(),
      stockLowest: number.nullable(),
      stockTotal: number.nullable(),
    }),
    oddOrder: z.object({
      orderId: idOf(ids.order),
      userId,
      total: amount,
      status: z.coerce.string(),
      payments: number,
      paid: amount,
    }),
    balance: z.object({ kind: z.literal('account'), amount: amount }),
    stock: z.object({ kind: z.literal('product'), amount: number }),
  };
};

export type RowSchemas = ReturnType<typeof rowSchemas>;

/** Accounts and products as the tables have them, a row each for any number of orders; won and pieces. */
export interface Books {
  readonly accounts: readonly z.infer<RowSchemas['account']>[];
  readonly products: readonly z.infer<RowSchemas['product']>[];
}

/** The accounts and products that a part of a run looks at. */
export interface LoadRows {
  readonly userIds: readonly Id[];
  readonly productIds: readonly Id[];
  /** True if nobody else can have ordered the products. */
  readonly productsAreOwn: boolean;
}

/** Returns a condition that leaves failed attempts aside where they are rows of the payments' table. */
export function onlySucceeded({ tables }: TargetProfile): { condition: string; values: string[] } {
  const { succeeded } = needed(tables.payments, 'payments');
  return succeeded
    ? { condition: ' AND p.?? = ?', values: [succeeded.column, succeeded.value] }
    : { condition: '', values: [] };
}
