/**
 * The flow of the load profile `payment-process` for k6: an order, paid three times with one key, every answer checked.
 *
 *   k6 run -e BASE_URL=http://127.0.0.1:8080 -e VUS=10 -e ITERATIONS=500 -e USER_IDS=1-100 -e PRODUCT_IDS=1-10 \
 *     payment-process.k6.js
 *
 * USER_IDS and PRODUCT_IDS are lists and ranges (`7,9,20-30`). PAUSE_MS is waited after each iteration and GAP_MS between
 * payments, both 0 unless said. THRESHOLDS=1 judges the run by the thresholds of the original script.
 */
import { check, sleep } from 'k6';
import http from 'k6/http';
import { Counter, Rate } from 'k6/metrics';

const env = __ENV;

const idsOf = (name) => {
  const ids = (env[name] || '').split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  if (ids.length === 0 || !ids.every((id) => Number.isInteger(id) && id > 0)) {
    throw new Error(`${name} is ${JSON.stringify(env[name])}, allowed are ids such as 7,9,20-30`);
  }
  return ids;
};

const baseUrl = env.BASE_URL;
const userIds = idsOf('USER_IDS');
const productIds = idsOf('PRODUCT_IDS');
const pauseSeconds = Number(env.PAUSE_MS || 0) / 1000;
const gapSeconds = Number(env.GAP_MS || 0) / 1000;
/** Keeps the keys of this run and VU apart from those of any other. */
const run = `${Date.now().toString(36)}-${Math.floor(Math.random() * 2 ** 32).toString(36)}`;

const paymentsOfAnOrder = 3;

const verified = new Counter('idempotency_verification_success');
const notVerified = new Counter('idempotency_verification_failure');
const prevented = new Counter('duplicate_payments_prevented');
const conflicts = new Counter('idempotency_conflicts');
const errors = new Rate('errors');
const success = new Rate('success');

export const options = {
  scenarios: {
    payments: {
      executor: 'shared-iterations',
      vus: Number(env.VUS || 1),
      iterations: Number(env.ITERATIONS || 1),
      maxDuration: '24h',
    },
  },
  ...(env.THRESHOLDS && {
    thresholds: {
      http_req_duration: ['p(95)<1000'],
      idempotency_verification_success: ['count>0'],
      duplicate_payments_prevented: ['count>0'],
    },
  }),
};

// Named by their route: a name with the order's id in it would be a time series of its own for every order.
const orderRequest = { headers: { 'Content-Type': 'application/json' }, tags: { name: 'POST /api/orders' } };
const paymentRequest = {
  headers: { 'Content-Type': 'application/json' },
  tags: { name: 'POST /api/orders/{orderId}/payment' },
};

const anyOf = (values) => values[Math.floor(Math.random() * values.length)];

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

let isFailureShown = false;

/** Shows the first answer of this VU that is not as promised: a count alone says nothing of the cause. */
const showFailure = (response) => {
  if (isFailureShown) return;
  isFailureShown = true;
  console.error(`${response.request.method} ${response.url}: ${response.status} ${response.body || response.error}`);
};

const placeOrder = (userId) => {
  const body = JSON.stringify({
    userId,
    items: [{ productId: anyOf(productIds), quantity: 1 }],
    idempotencyKey: `order-${run}-${__VU}-${__ITER}`,
  });
  const response = http.post(`${baseUrl}/api/orders`, body, orderRequest);
  const order = parsed(response.body);
  const isPlaced = check(response, {
    'order: status 201': ({ status }) => status === 201,
    'order: has an id and a total': () => Number.isInteger(order?.orderId) && order.totalAmount > 0,
  });
  errors.add(!isPlaced);
  success.add(isPlaced);
  if (isPlaced) return order;
  showFailure(response);
  return undefined;
};

const pay = (order, body, first) => {
  const response = http.post(`${baseUrl}/api/orders/${order.orderId}/payment`, body, paymentRequest);
  const payment = parsed(response.body);
  const isPaid = check(response, {
    'payment: status 200': ({ status }) => status === 200,
    'payment: of this order': () => payment?.orderId === order.orderId,
    'payment: of its total': () => payment?.paidAmount === order.totalAmount,
  });
  errors.add(!isPaid);
  success.add(isPaid);
  if (response.status === 409) conflicts.add(1);
  if (!isPaid) showFailure(response);
  if (first === undefined) return response;
  const isReplay = check(response, { 'replay: byte for byte the first answer': ({ body }) => body === first.body });
  if (isReplay && isPaid) prevented.add(1);
  if (!isReplay) showFailure(response);
  (isReplay ? verified : notVerified).add(1);
  return first;
};

export default function orderAndPay() {
  const userId = anyOf(userIds);
  const order = placeOrder(userId);
  if (order !== undefined) {
    const body = JSON.stringify({ userId, idempotencyKey: `payment-${run}-${__VU}-${__ITER}` });
    let first;
    for (let payment = 1; payment <= paymentsOfAnOrder; payment += 1) {
      if (payment > 1 && gapSeconds > 0) sleep(gapSeconds);
      first = pay(order, body, first);
    }
  }
  if (pauseSeconds > 0) sleep(pauseSeconds);
}

/** Prints what the run came to as JSON. */
export function handleSummary({ metrics, state }) {
  const count = (name) => metrics[name]?.values.count ?? 0;
  const { passes = 0, fails = 0 } = metrics.checks?.values ?? {};
  const { 'p(95)': p95 } = metrics.http_req_duration?.values ?? {};
  const summary = {
    iterations: count('iterations'),
    requests: count('http_reqs'),
    durationSeconds: state.testRunDurationMs / 1000,
    checks: { passes, fails },
    p95Ms: p95,
    idempotency_verification_success: count('idempotency_verification_success'),
    idempotency_verification_failure: count('idempotency_verification_failure'),
    duplicate_payments_prevented: count('duplicate_payments_prevented'),
    idempotency_conflicts: count('idempotency_conflicts'),
  };
  return { stdout: `${JSON.stringify(summary, undefined, 2)}\n` };
}
