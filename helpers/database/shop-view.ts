import type { ShopDatabase } from './shop-database.ts';

/** A test's view of a target beside the API under test: its database, or a substitute for it. */
export type ShopView = Pick<
  ShopDatabase,
  | 'place'
  | 'contactOf'
  | 'noteAnswer'
  | 'ledger'
  | 'orphanedOrderLines'
  | 'stateOf'
  | 'setPrice'
  | 'setOrderStatus'
  | 'keyRows'
  | 'expireKeys'
  | 'shortenKeys'
  | 'purgeKeys'
  | 'ageKeys'
  | 'addToBalance'
  | 'addToStock'
  | 'exactBalance'
  | 'setExactBalance'
  | 'largestBalance'
> & {
  /** Waits until the database answers again. Absent without one. */
  readonly reconnect?: ShopDatabase['reconnect'];
  /** Locks a row, so that requests which need it pile up behind. Absent without a database. */
  readonly holdRow?: ShopDatabase['holdRow'];
  /** Removes the row of a balance. Absent without a database. */
  readonly removeBalance?: ShopDatabase['removeBalance'];
};
