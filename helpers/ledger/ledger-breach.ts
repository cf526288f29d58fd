import type { Id } from '../profile/ids.ts';

/** A breach of the ledger: which check found it, in a sentence, and whose rows are concerned. */
export interface LedgerBreach {
  readonly check:
    | 'below-zero'
    | 'oversold'
    | 'money'
    | 'stock'
    | 'several-balances'
    | 'several-payments'
    | 'paid-without-payment'
    | 'payment-of-unpaid-order'
    | 'payment-differs'
    | 'charged-several-times'
    | 'charge-without-payment'
    | 'payment-without-charge'
    | 'charge-differs'
    | 'order-without-lines'
    | 'subtotal'
    | 'foreign-payment'
    | 'answered-payment-differs'
    | 'answered-payment-missing'
    | 'answered-order-missing'
    | 'answered-cancellation-missing'
    | 'order-not-answered'
    | 'payment-not-answered';
  readonly sentence: string;
  readonly userId?: Id;
  readonly productId?: Id;
  readonly orderId?: Id;
  /** What should be there; won or pieces. */
  readonly expected?: number;
  /** What is there. */
  readonly seen?: number;
  /** Seen while requests were under way, and perhaps no longer so at the end. */
  readonly isUnderWay?: boolean;
}

/** Returns a breach as one that was seen while requests were under way, so that nobody looks for it in the rows of the end. */
export const seenUnderWay = (breach: LedgerBreach): LedgerBreach => ({
  ...breach,
  isUnderWay: true,
  sentence: `while requests were under way, ${breach.sentence}`,
});
