import type { ShopDatabase } from './shop-database.ts';

/** What tests see of a target beside the API under test, and change past it: its database, or what stands in for it. */
export type ShopView = Pick<
  ShopDatabase,
  | 'place'
  | 'emailOf'
  | 'noteAnswer'
  | 'ledger'
  | 'orphanedOrderLines'
  | 'stateOf'
  | 'setPrice'
  | 'keyRows'
  | 'expireKeys'
  | 'purgeKeys'
  | 'ageKeys'
  | 'addToBalance'
  | 'addToStock'
> & {
  /** Holds a row, so that requests which need it pile up behind. Absent without a database. */
  readonly holdRow?: ShopDatabase['holdRow'];
};
