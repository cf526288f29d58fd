import type { Family } from '../findings/kinds.ts';
import type { FaultFamily } from '../../fixtures/shops/reference/faults/fault.ts';

/** A scenario's tags speak of more than the four families. */
export const familyTags: Readonly<Record<FaultFamily, readonly string[]>> = {
  idempotency: ['@idempotency'],
  money: ['@balance'],
  stock: ['@stock', '@orders'],
  contract: ['@contract'],
};

/** The families of findings that a fault of each family may show itself in. */
export const findingFamilies: Readonly<Record<FaultFamily, readonly Family[]>> = {
  idempotency: ['idempotency'],
  money: ['balance', 'payments', 'orders'],
  stock: ['stock', 'orders'],
  contract: ['contract'],
};
