import { expect, test } from '@playwright/test';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { orderAnswer, paymentAnswer } from '../../support/exchange-examples.ts';
import {
  beingProcessed,
  insufficientBalance,
  outOfStock,
  replayed,
  scriptedShop,
} from '../../support/scripted-shop.ts';

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

const otherPayment = (changes: Parameters<typeof paymentAnswer>[0] = {}) => ({
  status: 200,
  body: paymentAnswer({ orderId: 1, paidAmount: 10_000, ...changes }),
});

const oneProduct = [{ productId: 1, price: 10_000 }];

test.describe('load iteration', () => {
  test('orders once and pays three times with one key, 100 ms apart', async () => {
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

  test('a replay with another body is a verification failure, shown with both answers', async () => {
    const { iterate, measurements } = scriptedShop({
      products: oneProduct,
      payments: ['well', otherPayment({ paymentId: 99 }), 'well'],
    });
    expect(await iterate()).toBe('broken-promise');
    expect(measurements.counters).toMatchObject({
      iterations_failed: 1,
      duplicates_sent: 2,
      duplicate_payments_prevented: 1,
      idempotency_verification_success: 0,
      idempotency_verification_failure: 1,
    });
    expect(measurements.broken).toEqual([
      expect.stringMatching(
        /^a repeated payment is not answered as the original was, with .*"paymentId":2\b.*"paymentId":99\b/s,
      ),
    ]);
  });

  test('a replay in other words is one where the profile compares fields', async () => {
    const { replay } = reference.policies;
    const payments = [
      'well',
      {
        status: 200,
        headers: replayed,
        body: { traceId: 'x', ...paymentAnswer({ orderId: 1, paidAmount: 10_000, paymentId: 2 }) },
      },
    ] as const;
    const profile = {
      ...reference,
      policies: { ...reference.policies, replay: { ...replay, body: 'fields' } },
    } as const;
    expect(await scriptedShop({ products: oneProduct, payments, profile }).iterate()).toBeUndefined();
    expect(await scriptedShop({ products: oneProduct, payments }).iterate()).toBe('broken-promise');
  });

  test('a replay has the status and the header of one, except where it was sent along with the original', async () => {
    const body = paymentAnswer({ orderId: 1, paidAmount: 10_000, paymentId: 1 });
    const original = { status: 200, body };
    const unmarked = [original, original, original];
    const sequential = scriptedShop({ products: oneProduct, payments: unmarked });
    expect(await sequential.iterate()).toBe('broken-promise');
    expect(sequential.measurements.broken[0]).toMatch(
      /with status 200 and header Idempotent-Replayed: true \(the header is missing\)\n/,
    );
    const otherwise = { status: 200, body, headers: { 'idempotent-replayed': 'false' } };
    expect(await scriptedShop({ products: oneProduct, payments: [original, otherwise] }).iterate()).toBe(
      'broken-promise',
    );
    const created = { status: 201, body, headers: replayed };
    expect(await scriptedShop({ products: oneProduct, payments: [original, created] }).iterate()).toBe(
      'broken-promise',
    );
    const atOnce = scriptedShop({ products: oneProduct, flow: 'pay-at-once', payments: unmarked });
    expect(await atOnce.iterate()).toBeUndefined();
    const { header, ...replay } = reference.policies.replay;
    expect(header.name).toBe('Idempotent-Replayed');
    const profile = { ...reference, policies: { ...reference.policies, replay } };
    expect(await scriptedShop({ products: oneProduct, payments: unmarked, profile }).iterate()).toBeUndefined();
  });

  test('a payment of another amount or order is a broken promise', async () => {
    for (const changes of [{ paidAmount: 10_001 }, { orderId: 2 }]) {
      const { iterate, measurements } = scriptedShop({
        products: oneProduct,
        payments: times(3, otherPayment(changes)),
      });
      expect(await iterate()).toBe('broken-promise');
      expect(measurements.counters.idempotency_verification_failure).toBe(1);
      expect(measurements.broken[0]).toContain('the payment of an order of 10000 won is answered as another one');
    }
  });

  test('an order of another sum or form is a broken promise, and is not paid', async () => {
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

  test('a broken promise is that of its own iteration, not of others that are under way', async () => {
    const shop = scriptedShop({ flow: 'order', orders: ['well', { status: 201, body: {} }, 'well', 'well'] });
    const outcomes = await Promise.all(times(4, shop.iterate).map((iterate) => iterate()));
    expect(outcomes).toEqual([undefined, 'broken-promise', undefined, undefined]);
    expect(shop.measurements.counters).toMatchObject({ iterations_succeeded: 3, iterations_failed: 1 });
  });

  test('refused for balance: the outcome is the cause, and nothing was paid', async () => {
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

  test('where stock is lacking, and nothing else, up to three products are tried, each another one', async () => {
    // By chance alone the same product would come again in most of these.
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

  test('a lost answer that a replay finds is resolved, for payments and orders', async () => {
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

  test('what stays lost stays open, after five more tries with longer and longer pauses', async () => {
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

  test('a replay that was never seen verifies nothing', async () => {
    const { iterate, measurements } = scriptedShop({ payments: ['well', 'lost', 'lost'] });
    expect(await iterate()).toBe('no-answer');
    expect(measurements.counters).toMatchObject({
      payments_made: 1,
      iterations_failed: 1,
      idempotency_verification_success: 0,
      idempotency_verification_failure: 0,
    });
  });

  test('a payment that only a repetition got through is a failed iteration, with the cause of the refusal', async () => {
    const refusals = {
      'server-error': { status: 503, body: {} },
      'unknown-order': { status: 404, body: { code: 'O002' } },
      'bad-request': { status: 422, body: {} },
      balance: insufficientBalance,
    };
    for (const [cause, refusal] of Object.entries(refusals)) {
      const { iterate, measurements } = scriptedShop({ payments: [refusal] });
      expect.soft(await iterate(), cause).toBe(cause);
      expect.soft(measurements.counters, cause).toMatchObject({
        payments_made: 1,
        iterations_succeeded: 0,
        iterations_failed: 1,
        duplicate_payments_prevented: 1,
        idempotency_verification_success: 1,
        idempotency_verification_failure: 0,
      });
    }
    const atOnce = scriptedShop({ flow: 'pay-at-once', payments: [{ status: 500, body: {} }] });
    expect(await atOnce.iterate()).toBe('server-error');
    const late = scriptedShop({ payments: ['lost', { status: 500, body: {} }] });
    expect(await late.iterate()).toBe('server-error');
  });

  test('a racer that was refused in the words of an optimistic server may be paid by the repetition', async () => {
    const optimistic = { status: 409, body: { code: 'LOCK', message: 'Try again' } };
    expect(await scriptedShop({ payments: [optimistic] }).iterate()).toBeUndefined();
  });

  test('conflicts of a payment that is under way are allowed, and counted', async () => {
    const { iterate, measurements } = scriptedShop({ payments: [beingProcessed, 'well', beingProcessed] });
    expect(await iterate()).toBeUndefined();
    expect(measurements.counters).toMatchObject({ idempotency_conflicts: 2, idempotency_verification_success: 1 });
    const stuck = scriptedShop({ payments: times(8, beingProcessed) });
    expect(await stuck.iterate()).toBe('in-progress');
    expect(stuck.measurements.counters).toMatchObject({ payments_made: 0, unknown_left: 0 });
  });

  test('pays at once with one key, and a later refusal of a completed key is a broken promise', async () => {
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
