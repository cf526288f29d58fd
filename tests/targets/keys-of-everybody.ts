import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

/** A target that knows a key's text only once, whoever uses it. */
export default defineTarget({
  ...reference,
  name: 'keys-of-everybody',
  policies: { ...reference.policies, key: { ...reference.policies.key, belongsTo: 'everybody' } },
});
