import { reference } from './reference.ts';
import type { TargetProfile } from './target-profile.ts';

/** A shop of the reference contract that takes stock when it is ordered and gives it back on cancellation. */
export const stockAtOrder: TargetProfile = {
  ...reference,
  name: 'stock-at-order',
  policies: { ...reference.policies, stockIsTakenAt: 'order' },
};
