import { currentTarget } from '../profile/current-target.ts';

/**
 * Returns the stock that must be left, in pieces.
 *
 * @param stock pieces before.
 * @param taken pieces in paid orders and in pending ones.
 */
export function expectedStock(stock: number, { paid = 0, pending = 0 }: { paid?: number; pending?: number }): number {
  return stock - paid - (currentTarget().policies.stockIsTakenAt === 'order' ? pending : 0);
}
