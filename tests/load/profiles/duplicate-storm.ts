import { defineLoadProfile } from '../../../helpers/load/plan/load-profile.ts';

export default defineLoadProfile({
  description: 'All payments of an order at once, with one key: 50 virtual users, 1 minute',
  flow: 'pay-at-once',
  stages: '10s:50,40s:50,10s:0',
  pauseMs: 200,
  thresholds:
    'http_req_duration:p(95)<1000, idempotency_verification_success:count>0, duplicate_payments_prevented:count>0',
});
