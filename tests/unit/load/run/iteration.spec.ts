import { expect, test } from '@playwright/test';
import { orderAnswer } from '../../support/examples/exchange-examples.ts';
import { beingProcessed, insufficientBalance, outOfStock, scriptedShop } from '../../support/servers/scripted-shop.ts';

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

const oneProduct = [{ productId: 1, price: 10_000 }];

test.describe('load iteration', () => {
  test('iteration orders once and pays 3 times with one key, 100 ms apart', async () => {
    const { iterate, measurements, requests, paused } = scriptedShop();
    expect([await iterate(), await iterate()]).toEqual([undefined, undefined]);
    expect(requests.payments.map(({ orderId }) => orderId)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(new Set([...requests.orders, ...requests.payments].map(({ key }) => key)).size).toBe(4);
    expect(paused).toEqual([100, 100, 100, 100]);
    expect(measurements.counters).toMatchObject({
      iterations: 2,
      iterations_succeeded: 2,
      iterations_failed: 0,
      http_reqs: 8,
      http_req_failed: 0,
      orders_tried: 2,
      orders_created: 2,
      payments_tried: 2,
      payments_made: 2,
      duplicates_sent: 4,
      duplicate_payments_prevented: 4,
      idempotency_verification_success: 2,
      idempotency_verification_failure: 0,
    });
  });

  test('order of another sum or form is a broken promise and is not paid', async () => {
    const bodies = [
      orderAnswer({ totalAmount: 1 }),
      orderAnswer({ userId: 9, totalAmount: 10_000 }),
      { orderId: 1 },
      'no JSON',
    ];
    for (const body of bodies) {
      const { iterate, measurements, requests } = scriptedShop({
        products: oneProduct,
        orders: [{ status: 201, body }],
      });
      expect(await iterate()).toBe('broken-promise');
      expect(requests.payments).toEqual([]);
      expect(measurements.counters).toMatchObject({
        orders_created: 0,
        orders_wrong: 1,
        iterations_failed: 1,
        idempotency_verification_failure: 0,
      });
    }
  });

  test('broken promise fails its own iteration, not others in flight', async () => {
    const shop = scriptedShop({ flow: 'order', orders: ['well', { status: 201, body: {} }, 'well', 'well'] });
    const outcomes = await Promise.all(times(4, shop.iterate).map((iterate) => iterate()));
    expect(outcomes).toEqual([undefined, 'broken-promise', undefined, undefined]);
    expect(shop.measurements.counters).toMatchObject({ iterations_succeeded: 3, iterations_failed: 1 });
  });

  test('iteration refused for insufficient balance has that outcome and pays nothing', async () => {
    const { iterate, measurements } = scriptedShop({ payments: times(3, insufficientBalance) });
    expect(await iterate()).toBe('balance');
    expect(measurements.counters).toMatchObject({
      payments_tried: 1,
      payments_made: 0,
      http_req_failed: 3,
      unknown_left: 0,
    });
    expect([...measurements.causes.values()]).toMatchObject([{ stage: 'payment', reason: 'balance', count: 3 }]);
  });

  test('order that is out of stock is tried with up to 3 different products, other refusals once', async () => {
    // In most of 20 rounds a random choice would repeat a product.
    for (let round = 0; round < 20; round += 1) {
      const { iterate, measurements, requests } = scriptedShop({ orders: times(3, outOfStock) });
      expect(await iterate()).toBe('stock');
      expect(new Set(requests.orders.map(({ productId }) => productId)).size).toBe(3);
      expect(new Set(requests.orders.map(({ key }) => key)).size).toBe(3);
      expect(measurements.counters).toMatchObject({ orders_tried: 1, orders_created: 0, order_retries: 2 });
    }
    const third = scriptedShop({ orders: times(2, outOfStock) });
    expect(await third.iterate()).toBeUndefined();
    expect(third.measurements.counters).toMatchObject({ orders_tried: 1, orders_created: 1, order_retries: 2 });
    const single = scriptedShop({ products: oneProduct, orders: times(3, outOfStock) });
    expect(await single.iterate()).toBe('stock');
    const otherwise = scriptedShop({ orders: [{ status: 404, body: { code: 'U001' } }] });
    expect(await otherwise.iterate()).toBe('unknown-user');
    expect(otherwise.requests.orders).toHaveLength(1);
  });

  test('lost answers to order and payment are resolved by a replay', async () => {
    const { iterate, measurements, requests } = scriptedShop({ orders: ['lost after'], payments: ['lost after'] });
    expect(await iterate()).toBeUndefined();
    expect(new Set(requests.orders.map(({ key }) => key)).size).toBe(1);
    expect(measurements.counters).toMatchObject({
      answers_lost: 2,
      orders_created: 1,
      payments_made: 1,
      unknown_resolved: 1,
      unknown_left: 0,
      idempotency_verification_success: 1,
    });
  });

  test('payment whose answers stay lost is repeated 5 times with growing pauses and left open', async () => {
    const { iterate, measurements, requests, paused } = scriptedShop({ gapMs: 0, payments: times(8, 'lost' as const) });
    expect(await iterate()).toBe('no-answer');
    expect([requests.payments.length, paused]).toEqual([8, [100, 200, 300, 400, 500]]);
    expect(measurements.counters).toMatchObject({ payments_made: 0, unknown_left: 1, answers_lost: 8 });
    const failing = scriptedShop({ payments: ['lost after', ...times(2, { status: 500, body: {} })] });
    expect(await failing.iterate()).toBe('server-error');
    expect(failing.measurements.counters.unknown_left).toBe(1);
    const refused = scriptedShop({ payments: ['lost', insufficientBalance, insufficientBalance] });
    expect(await refused.iterate()).toBe('balance');
    expect(refused.measurements.counters.unknown_left).toBe(0);
  });

  test('3 concurrent payments share one key, and a refusal of the completed key is a broken promise', async () => {
    const { iterate, requests, measurements, paused } = scriptedShop({
      flow: 'pay-at-once',
      payments: ['well', beingProcessed],
    });
    expect(await iterate()).toBeUndefined();
    expect(new Set(requests.payments.map(({ key }) => key)).size).toBe(1);
    expect([requests.payments.length, paused]).toEqual([3, []]);
    expect(measurements.counters).toMatchObject({ idempotency_conflicts: 1, duplicate_payments_prevented: 1 });
    const refusing = scriptedShop({ payments: ['well', { status: 409, body: { code: 'O003' } }] });
    expect(await refusing.iterate()).toBe('broken-promise');
  });
});
