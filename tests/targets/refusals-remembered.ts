import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

/** A target that refuses again what it has refused under a key. */
export default defineTarget({
  ...reference,
  name: 'refusals-remembered',
  policies: { ...reference.policies, refusalsAreRemembered: true },
});
