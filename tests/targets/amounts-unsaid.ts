import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

/** A target whose refusals do not say how much was asked for and how much is there. */
export default defineTarget({
  ...reference,
  name: 'amounts-unsaid',
  policies: { ...reference.policies, refusalsStateAmounts: false },
});
