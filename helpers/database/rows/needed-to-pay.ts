import type { NeededRow } from '../locks/gated-row.ts';
import type { Account, Product } from './own-rows.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

/** Returns a row that a payment needs; where payments take the stock, one that no other call of the user needs. */
export const neededToPay = ({ policies }: TargetProfile, account: Account, product: Product): NeededRow =>
  policies.stockIsTakenAt === 'payment' ? { product } : { balanceOf: account };
