import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

/** A target that shows a balance for a while after it has changed. */
export default defineTarget({
  ...reference,
  name: 'balances-cached',
  policies: { ...reference.policies, balancesAreCachedForMs: 1500 },
});
