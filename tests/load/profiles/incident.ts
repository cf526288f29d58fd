import { defineLoadProfile } from '../../../helpers/load/plan/load-profile.ts';

export default defineLoadProfile({
  description: 'The state of the incident: users 1-100 and products 1-10 as they are, whether they can suffice or not',
  flow: 'order-then-pay',
  stages: '30s:100,1m:100,30s:200,1m:200,30s:0',
  pauseMs: 1000,
  gapMs: 100,
  seed: false,
  evenIfShort: true,
  thresholds:
    'http_req_duration:p(95)<1000, idempotency_verification_success:count>0, duplicate_payments_prevented:count>0',
});
