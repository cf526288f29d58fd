import type { Id } from '../../profile/ids.ts';
import type { Account, Product } from '../../database/shop-database.ts';
import type { Answered } from './walk.ts';

/** An order that the check has made. */
export interface PlacedOrder {
  readonly orderId: Id;
  readonly userId: Id;
  readonly key: string;
  readonly created: Answered;
}

/** What steps come to, and later ones need. */
export interface Facts {
  /** An account of our own. */
  readonly account: Account;
  readonly product: Product;
  /** API and tables say the same of a row of our own: only then may anything be ordered for it. */
  readonly sameSystem: true;
  /** A balance has been read. */
  readonly balance: true;
  readonly order: PlacedOrder;
  /** A top-up has gone through. */
  readonly topUp: true;
  readonly payment: { readonly order: PlacedOrder; readonly key: string; readonly paid: Answered };
}
