import { defineLoadProfile } from '../../../helpers/load/plan/load-profile.ts';

export default defineLoadProfile({
  description: 'Orders alone: 100, 500, then 1,000 virtual users, 3.5 minutes',
  flow: 'order',
  stages: '30s:100,1m:500,1m:1000,30s:1000,30s:0',
  pauseMs: 1000,
  thresholds: 'http_req_duration:p(95)<1000, order_creation_success:rate>0.8',
});
