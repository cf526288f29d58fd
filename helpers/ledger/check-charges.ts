import { amountInWords, plainAmount, withUnit } from '../profile/amount-in-words.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { groupedBy } from '../text/words/grouped-by.ts';
import type { LedgerBreach } from './ledger-breach.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';

/**
 * Compares what the gateway has charged for some orders with their payments: a paid order has one charge of its total, and
 * any other has none. An order of 0 won needs no charge.
 *
 * @returns every breach; nothing where the charges are not known.
 */
export function checkCharges(profile: TargetProfile, { orders, payments, charges }: LedgerSnapshot): LedgerBreach[] {
  if (charges === undefined) return [];
  const chargesOf = groupedBy(charges, ({ orderId }) => orderId);
  const paymentsOf = groupedBy(payments, ({ orderId }) => orderId);
  const { orderStatus, policies, money } = profile;
  return orders.flatMap(({ orderId, userId, total, status }): LedgerBreach[] => {
    const order = `order ${orderId} (${status}, total ${plainAmount(total, money)})`;
    const own = chargesOf.get(orderId) ?? [];
    const isRefunded = policies.paidOrders === 'cancellable' && status === orderStatus.cancelled;
    const isPaid = !isRefunded && (paymentsOf.has(orderId) || status === orderStatus.paid);
    const breach = (check: LedgerBreach['check'], sentence: string, amounts = {}): LedgerBreach[] => [
      { check, sentence, orderId, userId, ...amounts },
    ];
    const [first] = own;
    if (!first) {
      const missing = `${order} is paid, and the gateway was never charged for it`;
      return isPaid && total > 0 ? breach('payment-without-charge', missing) : [];
    }
    const amounts = new Set(own.map(({ amount }) => amount));
    const charged =
      amounts.size === 1
        ? `${own.length} × ${amountInWords(first.amount, money)}`
        : withUnit([...amounts].map((amount) => plainAmount(amount, money)).join(' + '), money);
    const gateway = `the gateway charged ${charged} for ${order}`;
    if (own.length > 1) {
      return breach('charged-several-times', `${gateway}, which has ${isPaid ? 'one payment' : 'no payment'}`);
    }
    if (!isPaid) return breach('charge-without-payment', `${gateway}, which has no payment`);
    return first.amount === total ? [] : breach('charge-differs', gateway, { expected: total, seen: first.amount });
  });
}
