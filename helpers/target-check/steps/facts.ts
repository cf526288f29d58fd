import type { Id } from '../../profile/ids.ts';
import type { Account, Product } from '../../database/shop-database.ts';
import type { Exchange, ReceivedResponse } from '../../api/exchange.ts';

/** An exchange with an answer. */
export type Answered = Exchange & { readonly response: ReceivedResponse };

/** An order that the check has made. */
export interface OwnOrder {
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
  readonly order: OwnOrder;
  /** A top-up has gone through. */
  readonly topUp: true;
  readonly payment: { readonly order: OwnOrder; readonly key: string; readonly paid: Answered };
}
