import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

/** A target that shows a balance or a product for a while after it has changed. */
export default defineTarget({
  ...reference,
  name: 'reads-cached',
  policies: { ...reference.policies, balancesAreCachedForMs: 1500, productsAreCachedForMs: 1500 },
});
