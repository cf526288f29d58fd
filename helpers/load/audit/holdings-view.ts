import type { Id } from '../../profile/ids.ts';
import type { Depletion } from '../measure/load-part.ts';

/** Balances and stock as they were seen before a run: won and pieces. */
export interface Opening {
  readonly accounts: readonly { readonly userId: Id; readonly balance: number }[];
  readonly products: readonly { readonly productId: Id; readonly stock: number }[];
}

/** Lowest and total of balance and stock; null where there is none to be seen. */
export interface SeenHoldings {
  readonly balanceLowest: number | null;
  readonly balanceTotal: number | null;
  readonly stockLowest: number | null;
  readonly stockTotal: number | null;
}

/** A view of what the accounts and products of a load run hold: in the tables, or as the API shows it. */
export interface HoldingsView {
  holdings(): Promise<SeenHoldings>;
  /** Returns what one account and one product hold, as far as they exist. */
  rowsOf(userId: Id, productId: Id): Promise<{ balance?: number; stock?: number }>;
  /** Counts the accounts and products that cannot go on. @param largestAmount of one payment, in won. */
  depletion(largestAmount: number): Promise<Depletion>;
  close(): Promise<void>;
}
