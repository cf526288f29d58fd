import { currentTarget } from '../profile/current-target.ts';

/**
 * The stock that must be left, in pieces.
 *
 * @param stock pieces before.
 * @param taken pieces in paid orders, and in orders that still wait for their payment.
 */
export function expectedStock(stock: number, { paid = 0, pending = 0 }: { paid?: number; pending?: number }): number {
  return stock - paid - (currentTarget().policies.stockIsTakenAt === 'order' ? pending : 0);
}
