import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import type { Id } from '../../profile/ids.ts';

/** Notes about leased rows: the changes that are about to be made to them, and the state in which they were found. */
export interface LeaseNotes {
  /** Notes that a product is about to get a price (won). */
  pricing(productId: Id, price: number): void;
  /**
   * Notes that an amount (won or pieces) is about to be added to a row.
   *
   * @returns a function that notes that it is done; undefined where the row is not leased.
   */
  adding(to: 'balance' | 'stock', id: Id, amount: number): (() => void) | undefined;
  /** Returns a ledger without the orders that leased users had before. */
  withoutEarlierOrders(ledger: LedgerSnapshot): LedgerSnapshot;
  /** Returns whether a product is leased, and may have been ordered before. */
  isLeasedProduct(productId: Id): boolean;
  /**
   * Returns the names of the key rows that a leased user had before, by table; undefined for a user who is not leased.
   */
  keysFoundOf(userId: Id): Readonly<Record<string, readonly string[]>> | undefined;
}
