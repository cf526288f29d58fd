import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

const { chargeBalance, createOrder, pay } = reference.endpoints;

/** A target that knows no idempotency keys. */
export default defineTarget({
  ...reference,
  name: 'no-keys',
  endpoints: {
    ...reference.endpoints,
    chargeBalance: { ...chargeBalance, key: undefined },
    createOrder: { ...createOrder, key: undefined },
    pay: { ...pay, key: undefined },
  },
  policies: { ...reference.policies, key: { ...reference.policies.key, requiredFor: [] } },
});
