import { defineTarget } from '../target-profile.ts';
import { reference } from './reference.ts';

/** A shop of the reference contract that takes stock when it is ordered and gives it back on cancellation. */
export default defineTarget({
  ...reference,
  name: 'stock-at-order',
  policies: { ...reference.policies, stockIsTakenAt: 'order' },
});
