import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { Outages } from '../../../../helpers/load/crashes/outages.ts';
import { beingProcessed, replayed, scriptedShop, type Script } from '../../support/servers/scripted-shop.ts';

const someSuccess = (): Exchange => ({
  ...{ name: 'pay', request: { method: 'POST', path: '/', headers: {} }, outcome: 'ok' },
  ...{ sentAtMs: performance.now(), durationMs: 0 },
});

const unavailable = { status: 503, body: {} };

/** Returns outages of an API that was killed and started just now. */
const killedNow = (): Outages => {
  const outages = new Outages();
  outages.kill('api');
  outages.start('api');
  return outages;
};

test.describe('iteration while the target is killed', () => {
  test('order and payments are resent with their keys until answered, and count as one success', async () => {
    const { iterate, measurements, requests, acknowledged } = scriptedShop({
      outages: killedNow(),
      orders: ['lost after', 'lost', unavailable],
      payments: ['lost', unavailable],
    });
    expect(await iterate()).toBeUndefined();
    expect(new Set(requests.orders.map(({ key }) => key)).size).toBe(1);
    expect(requests.payments).toHaveLength(5);
    expect(new Set(requests.payments.map(({ key }) => key)).size).toBe(1);
    expect(measurements.counters).toMatchObject({
      ...{ iterations_succeeded: 1, iterations_failed: 0, orders_created: 1, payments_made: 1 },
      // None of the requests without an outcome is a failure of the target's own.
      ...{ forced_failures: 5, http_req_failed: 0, answers_lost: 0 },
    });
    expect(acknowledged).toMatchObject({ orders: [{ orderId: 1 }], payments: [{ orderId: 1 }] });
  });

  test('payment made before its answer was lost is settled by a replay', async () => {
    const outages = new Outages();
    const { iterate, measurements } = scriptedShop({
      outages,
      payments: ['lost after', 'well', 'well', 'well'],
      beforePayment: (nth) => {
        if (nth === 1) outages.kill('api');
        if (nth === 2) outages.start('api');
      },
    });
    expect(await iterate()).toBeUndefined();
    expect(outages.all).toMatchObject([{ failed: 1 }]);
    expect(measurements.counters).toMatchObject({ payments_made: 1, unknown_resolved: 1, unknown_left: 0 });
  });

  test('key that stays in progress after the target is back is a broken promise', async () => {
    const outages = new Outages();
    const { iterate, measurements } = scriptedShop({
      outages,
      payments: ['lost', ...new Array<Script>(100).fill(beingProcessed)],
      beforePayment: (nth) => {
        if (nth === 1) outages.kill('api');
        if (nth === 2) outages.start('api');
        // Others are answered meanwhile.
        if (nth === 3) outages.note(someSuccess(), []);
      },
    });
    expect(await iterate()).toBe('broken-promise');
    expect(measurements.counters).toMatchObject({ payments_made: 0, idempotency_verification_failure: 1 });
    const [broken] = measurements.broken.all;
    expect(broken?.deviation).toMatchObject({ kind: 'replay-refused', call: 'pay', circumstance: 'after-crash' });
    expect(broken?.promise).toBe(
      'a key whose request was interrupted is free, or answered, 3 s after the target is back',
    );
  });

  test('duration of a request during an outage is not measured', async () => {
    const calm = scriptedShop();
    await calm.iterate();
    const killed = scriptedShop({ outages: killedNow() });
    await killed.iterate();
    expect([calm.measurements.durations.n, killed.measurements.durations.n]).toEqual([4, 0]);
    expect(killed.measurements.counters).toMatchObject({ http_reqs: 4, http_req_failed: 0 });
  });

  test('replay that differs from the original is a broken promise during an outage too', async () => {
    const { iterate, measurements } = scriptedShop({
      outages: killedNow(),
      payments: ['well', { status: 200, body: { paidAmount: 1 }, headers: replayed }],
    });
    expect(await iterate()).toBe('broken-promise');
    expect(measurements.counters.idempotency_verification_failure).toBe(1);
  });
});
