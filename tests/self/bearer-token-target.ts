import { defineTarget } from '../../helpers/target-profile/target-profile.ts';
import { reference } from '../../helpers/targets/reference.ts';

export default defineTarget({ ...reference, name: 'bearer-token', authentication: { by: 'bearer-token' } });
