import type { CreationOrder } from '../api/creation-order.ts';
import { isMissing } from '../profile/endpoint-forms.ts';
import type { Id } from '../profile/ids.ts';
import { orderStateOf } from '../profile/order-state.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { moneyReserved } from './taken.ts';

/** What a ledger says in brief, for comparisons. */
export interface BriefState {
  balances: number[];
  stock: number[];
  orders: string[];
  payments: number[];
}

/**
 * Returns a ledger in brief: balances and stock as requested, orders and payments as created. What the orders have taken
 * from a balance without a payment is counted as if it were still there.
 */
export function briefState(
  profile: TargetProfile,
  ledger: LedgerSnapshot,
  accounts: readonly { userId: Id }[],
  products: readonly { productId: Id }[],
  created: CreationOrder,
): BriefState {
  const payments = isMissing(profile.endpoints.pay) ? [] : ledger.payments;
  const reserved = moneyReserved(profile, ledger);
  return {
    balances: accounts.map(
      (one) =>
        (ledger.accounts.find(({ userId }) => userId === one.userId)?.balance ?? NaN) + (reserved.get(one.userId) ?? 0),
    ),
    stock: products.map((one) => ledger.products.find(({ productId }) => productId === one.productId)?.stock ?? NaN),
    orders: created.inOrder(ledger.orders, ({ orderId }) => orderId).map(({ status }) => orderStateOf(profile, status)),
    payments: created.inOrder(payments, ({ paymentId }) => paymentId).map(({ amount }) => amount),
  };
}
