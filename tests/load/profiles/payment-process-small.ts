import { defineLoadProfile } from '../../../helpers/load/plan/load-profile.ts';

export default defineLoadProfile({
  description: 'The same as payment-process in its reduced form: 50, then 100 virtual users, 1 minute 45 seconds',
  flow: 'order-then-pay',
  stages: '15s:50,30s:50,15s:100,30s:100,15s:0',
  pauseMs: 1000,
  gapMs: 100,
  thresholds:
    'http_req_duration:p(95)<1000, idempotency_verification_success:count>0, duplicate_payments_prevented:count>0',
});
