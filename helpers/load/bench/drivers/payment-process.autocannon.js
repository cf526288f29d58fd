/**
 * The requests of the load profile `payment-process` sent by autocannon: an order, paid three times with one key. Reads
 * an order's id and checks nothing but the status, so it is the floor of what a driver on Node costs.
 *
 * Plain JavaScript, so that a compiler's time is not counted. Takes `{baseUrl, vus, iterations, userIds, productIds}` as
 * JSON in its only argument, and prints `{iterations, refused, errors, durationSeconds}` as JSON.
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { URL } from 'node:url';
import autocannon from 'autocannon';

const { baseUrl, vus, iterations, userIds, productIds } = JSON.parse(process.argv[2]);
const { pathname } = new URL(baseUrl);
const prefix = pathname.replace(/\/$/, '');
const headers = { 'content-type': 'application/json' };
const requestsOfAnIteration = 4;
const answerWithinSeconds = 60;

let started = 0;
let finished = 0;
let lastAnswerAt = 0;

const anyOf = (values) => values[Math.floor(Math.random() * values.length)];

const order = {
  method: 'POST',
  headers,
  setupRequest(request, context) {
    started += 1;
    context.userId = anyOf(userIds);
    context.key = `autocannon-${process.pid}-${started}`;
    const items = [{ productId: anyOf(productIds), quantity: 1 }];
    const body = JSON.stringify({ userId: context.userId, items, idempotencyKey: `order-${context.key}` });
    return { ...request, path: `${prefix}/api/orders`, body };
  },
  onResponse(status, body, context) {
    if (status === 201) context.orderId = JSON.parse(body).orderId;
  },
};

const payment = (isLast) => ({
  method: 'POST',
  headers,
  setupRequest(request, { userId, key, orderId }) {
    // Nothing to pay: autocannon goes on with the next order.
    if (orderId === undefined) return undefined;
    const body = JSON.stringify({ userId, idempotencyKey: `payment-${key}` });
    return { ...request, path: `${prefix}/api/orders/${orderId}/payment`, body };
  },
  onResponse(status) {
    if (!isLast) return;
    if (status === 200) finished += 1;
    lastAnswerAt = performance.now();
  },
});

const startedAt = performance.now();
const { non2xx, errors } = await autocannon({
  url: baseUrl,
  connections: vus,
  // Each connection does whole iterations, and at least as many in all as were asked for.
  amount: Math.ceil(iterations / vus) * vus * requestsOfAnIteration,
  timeout: answerWithinSeconds,
  requests: [order, payment(false), payment(false), payment(true)],
});

const durationSeconds = (lastAnswerAt - startedAt) / 1000;
process.stdout.write(`${JSON.stringify({ iterations: finished, refused: non2xx, errors, durationSeconds })}\n`);
