import type { PartMoment } from './load-part.ts';

/** Balances and stock of a moment as they were sampled, in won and pieces. */
export type Sample = Pick<PartMoment, 'balanceLowest' | 'balanceTotal' | 'stockLowest' | 'stockTotal'>;
