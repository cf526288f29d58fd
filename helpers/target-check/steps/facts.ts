import type { Id } from '../../profile/ids.ts';
import type { Account, Product } from '../../database/rows/own-rows.ts';
import type { Exchange, ReceivedResponse } from '../../api/answers/exchange.ts';

/** An exchange with an answer. */
export type Answered = Exchange & { readonly response: ReceivedResponse };

/** An order that the check has created. */
export interface OwnOrder {
  readonly orderId: Id;
  readonly userId: Id;
  readonly key: string;
  readonly created: Answered;
}

/** Results of steps that later ones need. */
export interface Facts {
  /** An account of the check. */
  readonly account: Account;
  readonly product: Product;
  /** API and tables agree on a row of the check: only then may it be used for orders. */
  readonly sameSystem: true;
  /** A balance has been read. */
  readonly balance: true;
  /** A balance that SQL has changed was not shown in time, though the profile declares no cache. */
  readonly unseenChange: true;
  readonly order: OwnOrder;
  /** A top-up has gone through. */
  readonly topUp: true;
  readonly payment: { readonly order: OwnOrder; readonly key: string; readonly paid: Answered };
}
