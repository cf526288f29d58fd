import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import type { Cause } from '../../../../helpers/load/measure/load-part.ts';
import { Measurements } from '../../../../helpers/load/measure/measurements.ts';
import { exampleDeviation } from '../../support/examples/example-load-part.ts';
import { inProgress, lost, paid, refused, unaffordable } from '../../support/examples/exchange-examples.ts';

const concerned = { userId: 1, productId: 3, amount: 50_000 };

const measuring = () => {
  const told: Cause[] = [];
  return { told, measurements: new Measurements((cause) => told.push(cause)) };
};

/** Measures a number of requests, with the clock moved on by 1 s every 400 requests. */
const runOf = (requests: number, now: { ms: number }): Measurements => {
  const { measurements } = measuring();
  measurements.begin();
  const [success, refusal] = [paid(), unaffordable()];
  for (let request = 0; request < requests; request += 1) {
    measurements.request('payment', request % 10 === 0 ? refusal : success, concerned);
    if (request % 4 === 0) measurements.add('iterations');
    if (request % 400 === 399) {
      now.ms += 1000;
      measurements.endMoment(50, { balanceLowest: request });
    }
  }
  return measurements;
};

const written = ({ counters, durations, causes, broken, moments }: Measurements): string =>
  JSON.stringify({
    counters,
    durations: durations.encode(),
    causes: [...causes.values()],
    broken: broken.all,
    moments,
  });

/** Records 4 refusals of orders and payments with codes that are never repeated. */
const refuseInEveryWay = (measurements: Measurements, request: number): void => {
  for (const stage of ['order', 'payment'] as const)
    for (const status of [400, 409]) {
      const body = { code: `E${request} ${'x'.repeat(5000)}`, message: 'y'.repeat(5000) };
      measurements.request(stage, refused('pay', status, body), concerned);
    }
};

const broken = (promise: string) => ({ promise, deviation: exampleDeviation() });

test.describe('load measurements', () => {
  const realNow = Date.now;
  const now = { ms: 0 };

  test.beforeEach(() => {
    now.ms = 1_700_000_000_000;
    Date.now = () => now.ms;
  });

  test.afterEach(() => {
    Date.now = realNow;
  });

  test('exception counts as a failed iteration, and the first one is kept as a cut sample', () => {
    const { measurements } = measuring();
    measurements.threw(new Error('x'.repeat(100_000)));
    measurements.threw('not even an error');
    expect(measurements.counters).toMatchObject({ iterations: 2, iterations_failed: 2 });
    expect(measurements.exceptions).toEqual({ count: 2, sample: expect.stringMatching(/^Error: x{1993}$/) });
  });

  test('time of the last answer includes refusals but not lost answers', () => {
    const { measurements } = measuring();
    expect(measurements.lastAnsweredMs).toBeUndefined();
    for (const exchange of [paid(), unaffordable(), lost('pay')]) {
      now.ms += 100;
      measurements.request('payment', exchange, concerned);
    }
    expect(measurements.lastAnsweredMs).toBe(now.ms - 100);
  });

  test('successes are measured with a duration, refusals and lost answers with a cause', () => {
    const { measurements, told } = measuring();
    const exchanges: Exchange[] = [paid(), paid(), unaffordable(), unaffordable(), lost('pay')];
    for (const exchange of exchanges) measurements.request('payment', exchange, concerned);
    expect(measurements.counters).toMatchObject({ http_reqs: 5, http_req_failed: 3, answers_lost: 1 });
    expect(measurements.durations.n).toBe(2);
    expect([...measurements.causes.values()]).toMatchObject([
      { stage: 'payment', reason: 'balance', status: 409, code: 'PAY001', count: 2, ...concerned },
      { stage: 'payment', reason: 'no-answer', count: 1, sample: 'socket hang up' },
    ]);
    expect(told.map(({ reason }) => reason)).toEqual(['balance', 'no-answer']);
  });

  test('cause keeps its first body and the times of its first and last refusal', () => {
    const { measurements } = measuring();
    measurements.request('payment', refused('pay', 409, { code: 'PAY001', message: 'first' }), concerned);
    now.ms += 5000;
    measurements.request('payment', refused('pay', 409, { code: 'PAY001', message: 'second' }), concerned);
    const [cause] = measurements.causes.values();
    expect(cause).toMatchObject({ count: 2 });
    expect(cause?.sample).toContain('"message":"first"');
    expect((cause?.lastMs ?? 0) - (cause?.firstMs ?? 0)).toBe(5000);
  });

  test('refusals without a named cause are told apart by status, lost answers by time-out', () => {
    const { measurements } = measuring();
    const statuses = [400, 401, 403, 404, 409, 429, 500, 503];
    for (const status of statuses) measurements.request('order', refused('createOrder', status, 'no'), concerned);
    const failures = ['Timeout 150ms exceeded.', 'Headers Timeout Error', 'timed out', 'other side closed'];
    for (const failure of failures) measurements.request('order', lost('createOrder', failure), concerned);
    expect([...measurements.causes.values()].map(({ reason }) => reason)).toEqual([
      'bad-request',
      'unauthenticated',
      'unauthenticated',
      'bad-request',
      'unknown',
      'rate-limit',
      'server-error',
      'server-error',
      'time-out',
      'time-out',
      'time-out',
      'no-answer',
    ]);
  });

  test('4000 different refusals are kept as at most 54 causes, and all are counted', () => {
    const { measurements, told } = measuring();
    for (let request = 0; request < 1000; request += 1) refuseInEveryWay(measurements, request);
    const causes = [...measurements.causes.values()];
    // 50 causes, and one of each stage and reason for the rest.
    expect(causes.length).toBeLessThanOrEqual(54);
    expect(causes.reduce((total, { count }) => total + count, 0)).toBe(4000);
    expect(told).toHaveLength(causes.length);
    expect(JSON.stringify([...measurements.causes]).length).toBeLessThan(150_000);
  });

  test('known causes are still counted apart after 100 other codes', () => {
    const { measurements } = measuring();
    measurements.request('payment', inProgress(), concerned);
    for (let code = 0; code < 100; code += 1)
      measurements.request('payment', refused('pay', 409, { code: `E${code}` }), concerned);
    measurements.request('payment', inProgress(), concerned);
    measurements.request('payment', unaffordable(), concerned);
    const causes = [...measurements.causes.values()];
    expect(causes.find(({ reason }) => reason === 'in-progress')?.count).toBe(2);
    expect(causes.find(({ reason }) => reason === 'balance')?.count).toBe(1);
  });

  test('promise broken 10 times in one way is kept once, with its count', () => {
    const { measurements } = measuring();
    for (let time = 0; time < 10; time += 1) {
      const answer = refused('pay', 409, { code: 'PAY009', message: `order ${time}` });
      measurements.breaks('idempotency_verification_failure', broken(`the payment of ${time} won`), answer);
    }
    measurements.breaks('idempotency_verification_failure', broken('the payment of 1 won'), refused('pay', 500, {}));
    expect(measurements.broken.all).toEqual([
      { ...broken('the payment of 0 won'), count: 10, sample: expect.stringContaining('"message":"order 0"') },
      { ...broken('the payment of 1 won'), count: 1, sample: expect.stringContaining('500') },
    ]);
  });

  test('promises broken in 100 ways are all counted, and 21 of them kept, shortened', () => {
    const { measurements } = measuring();
    for (let time = 0; time < 100; time += 1)
      measurements.breaks(
        'idempotency_verification_failure',
        broken('a promise'),
        refused('pay', 409, { code: `${time}${'x'.repeat(100_000)}` }),
      );
    expect(measurements.counters.idempotency_verification_failure).toBe(100);
    const { all } = measurements.broken;
    expect(all).toHaveLength(21);
    expect(all.at(-1)?.count).toBe(80);
    expect(all[0]?.sample).toMatch(/^POST \/api\/orders\/12\/payment\n/);
    expect(JSON.stringify(all).length).toBeLessThan(250_000);
  });

  test('moment counts what happened since the previous one', () => {
    const { measurements } = measuring();
    measurements.begin();
    measurements.add('iterations', 2);
    measurements.request('payment', paid(), concerned);
    measurements.request('payment', unaffordable(), concerned);
    now.ms += 1000;
    const moment = measurements.endMoment(7, { balanceLowest: 5, stockTotal: 9 });
    expect(moment).toMatchObject({ vus: 7, iterations: 2, requests: 2, failed: 1, balanceLowest: 5, stockTotal: 9 });
    expect(moment.refusals).toEqual({ 'payment balance': 1 });
    expect(moment.p95).toBeCloseTo(12.4, 0);
    now.ms += 1000;
    expect(measurements.endMoment(7, {})).toMatchObject({ iterations: 0, requests: 0, refusals: {}, p95: undefined });
    expect(measurements.moments).toHaveLength(2);
    expect(measurements.moments[0]).toMatchObject({ iterations: 2, refusals: { 'payment balance': 1 } });
  });

  test('first moment begins with the run and not with its seeding', () => {
    const { measurements } = measuring();
    now.ms += 60_000;
    measurements.begin();
    now.ms += 1000;
    expect(measurements.endMoment(1, {}).startMs).toBe(now.ms - 1000);
  });

  test('more than 300 moments are merged into half as many, twice as long', () => {
    const short = runOf(400 * 300, now);
    expect([short.moments.length, short.momentMs]).toEqual([300, 1000]);
    const long = runOf(400 * 301, now);
    expect([long.moments.length, long.momentMs]).toEqual([151, 2000]);
    expect(long.moments.at(0)).toMatchObject({ vus: 50, requests: 800, iterations: 200, failed: 80 });
  });

  test('100 times the requests need less than twice the room per moment', () => {
    const [small, large] = [runOf(10_000, now), runOf(1_000_000, now)];
    expect(large.counters.http_reqs).toBe(1_000_000);
    expect(large.moments.length).toBeLessThanOrEqual(300);
    expect(large.durations.n).toBe(900_000);
    const requests = large.moments.reduce((total, moment) => total + moment.requests, 0);
    expect(requests).toBe(1_000_000);
    const perMoment = (measurements: Measurements): number =>
      written(measurements).length / measurements.moments.length;
    expect(perMoment(large)).toBeLessThan(2 * perMoment(small));
    expect(written(large).length).toBeLessThan(300_000);
  });
});
