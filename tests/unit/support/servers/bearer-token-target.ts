import { defineTarget } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

export default defineTarget({ ...reference, name: 'bearer-token', authentication: { by: 'bearer-token' } });
