import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

/** A target that takes no order which its user cannot afford. */
export default defineTarget({
  ...reference,
  name: 'balance-at-order',
  policies: { ...reference.policies, balanceIsCheckedAt: 'order' },
});
