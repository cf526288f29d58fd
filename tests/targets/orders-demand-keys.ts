import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

const { key } = reference.policies;

/** A target that makes no order without an idempotency key. */
export default defineTarget({
  ...reference,
  name: 'orders-demand-keys',
  policies: { ...reference.policies, key: { ...key, requiredFor: [...key.requiredFor, 'createOrder'] } },
});
