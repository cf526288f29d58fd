import type { NeededRow } from './gated-row.ts';
import type { Account, Product } from './shop-database.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** A row that a payment needs; where payments take the stock, one that nothing else of its user needs. */
export const neededToPay = ({ policies }: TargetProfile, account: Account, product: Product): NeededRow =>
  policies.stockIsTakenAt === 'payment' ? { product } : { balanceOf: account };
