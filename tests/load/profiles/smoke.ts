import { defineLoadProfile } from '../../../helpers/load/plan/load-profile.ts';

export default defineLoadProfile({
  description: 'Five virtual users for ten seconds, to see that everything works together',
  flow: 'order-then-pay',
  stages: '1s:5,8s:5,1s:0',
  pauseMs: 300,
  gapMs: 50,
  thresholds:
    'http_req_duration:p(95)<5000, idempotency_verification_success:count>0, duplicate_payments_prevented:count>0',
});
