/** Names of everything that is counted. */
export const counterNames = [
  'iterations',
  'dropped_iterations',
  'http_reqs',
  'http_req_failed',
  /** Iterations that tried to order, and those that came to an order. */
  'orders_tried',
  'orders_created',
  /** Orders that were answered in another form or sum than promised. */
  'orders_wrong',
  /** Orders tried again with another product, since stock was lacking. */
  'order_retries',
  /** Orders whose payment was tried, and those that were paid. */
  'payments_tried',
  'payments_made',
  /** Payments sent after the original had been answered, and how they were answered. */
  'duplicates_sent',
  'duplicate_payments_prevented',
  'idempotency_conflicts',
  'idempotency_verification_success',
  'idempotency_verification_failure',
  /** Iterations in which everything came out as promised, and the others. */
  'iterations_succeeded',
  'iterations_failed',
  /** Requests whose answer was lost; of them payments that a replay found to be made, and those left open. */
  'answers_lost',
  'unknown_resolved',
  'unknown_left',
  /** How often the API answered 429, and for how long requests waited for it, in milliseconds; no refusals. */
  'rate_limit_waits',
  'rate_limit_waited_ms',
  /** Requests that failed, and iterations that were dropped, for nothing but a failure that the run has forced. */
  'forced_failures',
  'forced_drops',
] as const;

export type CounterName = (typeof counterNames)[number];

/** A metric and what it is made of: a trend of durations, in their unit; `of` is how many there could have been, for the sample size n. */
export type MetricDefinition =
  | { readonly type: 'trend'; readonly of: 'durations' | 'recoveries'; readonly unit: 'ms' | 's' }
  | { readonly type: 'counter'; readonly counts: CounterName; readonly of: readonly CounterName[] }
  | { readonly type: 'rate'; readonly passes: CounterName; readonly of: readonly CounterName[] };

const counter = <const Name extends CounterName>(counts: Name, ...of: readonly CounterName[]) =>
  ({ type: 'counter', counts, of: of.length > 0 ? of : [counts] }) as const;

const rate = (passes: CounterName, of: CounterName) => ({ type: 'rate', passes, of: [of] }) as const;

const verified = ['idempotency_verification_success', 'idempotency_verification_failure'] as const;

/**
 * Every metric of a load run, by the names of k6 and of the original script. Whatever stands here has thresholds, and a
 * line in every report.
 */
export const metricDefinitions = {
  http_req_duration: { type: 'trend', of: 'durations', unit: 'ms' },
  /** From the start of what was killed to the first success; only of runs that kill something. */
  recovery_seconds: { type: 'trend', of: 'recoveries', unit: 's' },
  http_reqs: counter('http_reqs'),
  http_req_failed: rate('http_req_failed', 'http_reqs'),
  iterations: counter('iterations'),
  dropped_iterations: counter('dropped_iterations', 'iterations', 'dropped_iterations'),
  order_creation_success: rate('orders_created', 'orders_tried'),
  idempotency_verification_success: counter('idempotency_verification_success', ...verified),
  idempotency_verification_failure: counter('idempotency_verification_failure', ...verified),
  idempotency_conflicts: counter('idempotency_conflicts', 'duplicates_sent'),
  duplicate_payments_prevented: counter('duplicate_payments_prevented', 'duplicates_sent'),
  success: rate('iterations_succeeded', 'iterations'),
  errors: rate('iterations_failed', 'iterations'),
} as const satisfies Readonly<Record<string, MetricDefinition>>;

type MetricName = keyof typeof metricDefinitions;

export const isMetricName = (name: string): name is MetricName => Object.hasOwn(metricDefinitions, name);
