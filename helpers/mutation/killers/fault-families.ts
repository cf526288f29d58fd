import type { FaultFamily } from '../../../fixtures/shops/reference/faults/fault.ts';

/** A scenario's tags speak of more than the four families. */
export const familyTags: Readonly<Record<FaultFamily, readonly string[]>> = {
  idempotency: ['@idempotency'],
  money: ['@balance'],
  stock: ['@stock', '@orders'],
  contract: ['@contract'],
};
