/** Every metric that a load run measures, by the names of k6 and of the original script. */
export const metricTypes = {
  http_req_duration: 'trend',
  http_reqs: 'counter',
  http_req_failed: 'rate',
  iterations: 'counter',
  dropped_iterations: 'counter',
  order_creation_success: 'rate',
  idempotency_verification_success: 'counter',
  idempotency_verification_failure: 'counter',
  idempotency_conflicts: 'counter',
  duplicate_payments_prevented: 'counter',
  success: 'rate',
  errors: 'rate',
} as const;

export type MetricName = keyof typeof metricTypes;

export const isMetricName = (name: string): name is MetricName => Object.hasOwn(metricTypes, name);
