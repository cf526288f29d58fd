import { defineTarget } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

export default defineTarget({
  ...reference,
  name: 'log-in',
  authentication: {
    by: 'log-in',
    path: '/auth/login',
    body: { user: '{userId}', email: '{email}', password: '{password}' },
    token: 'accessToken',
  },
});
