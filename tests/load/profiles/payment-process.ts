import { defineLoadProfile } from '../../../helpers/load/plan/load-profile.ts';

export default defineLoadProfile({
  description: 'Order, pay three times with one key, pause a second: 100, then 200 virtual users, 3.5 minutes',
  flow: 'order-then-pay',
  stages: '30s:100,1m:100,30s:200,1m:200,30s:0',
  pauseMs: 1000,
  gapMs: 100,
  thresholds:
    'http_req_duration:p(95)<1000, idempotency_verification_success:count>0, duplicate_payments_prevented:count>0',
});
