import { expect, test } from '@playwright/test';
import { needed } from '../../../../helpers/profile/endpoint-forms.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { paymentAnswer } from '../../support/examples/exchange-examples.ts';
import { beingProcessed, insufficientBalance, replayed, scriptedShop } from '../../support/servers/scripted-shop.ts';

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

const otherPayment = (changes: Parameters<typeof paymentAnswer>[0] = {}) => ({
  status: 200,
  body: paymentAnswer({ orderId: 1, paidAmount: 10_000, ...changes }),
});

const oneProduct = [{ productId: 1, price: 10_000 }];

test.describe('payment verification', () => {
  test('replay with another body fails the verification and is shown with both answers', async () => {
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
    expect(measurements.broken.all).toEqual([
      {
        promise: expect.stringMatching(/^a repeated payment is not answered as the original was, with /),
        deviation: expect.objectContaining({
          ...{ kind: 'replay-executed', call: 'pay', circumstance: 'replay', status: 200 },
          sentence: expect.stringMatching(
            /^Payment, sent again with the same key: seen 200 \(its body is .*"paymentId":99\b.*, promised the original answer again\.$/,
          ),
        }),
        count: 1,
        sample: expect.stringMatching(/"paymentId":2\b.*"paymentId":99\b/s),
      },
    ]);
  });

  test('payment that does not say what was paid is no other payment', async () => {
    const pay = needed(reference.endpoints.pay, 'payments');
    const answer = { ...pay.answer, paidAmount: undefined };
    const profile = { ...reference, endpoints: { ...reference.endpoints, pay: { ...pay, answer } } };
    expect(await scriptedShop({ products: oneProduct, profile }).iterate()).toBeUndefined();
  });

  test('replay with an extra field passes only where the profile compares fields', async () => {
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

  test('sequential replay must have the status and header of a replay, a concurrent one need not', async () => {
    const body = paymentAnswer({ orderId: 1, paidAmount: 10_000, paymentId: 1 });
    const original = { status: 200, body };
    const unmarked = [original, original, original];
    const sequential = scriptedShop({ products: oneProduct, payments: unmarked });
    expect(await sequential.iterate()).toBe('broken-promise');
    expect(sequential.measurements.broken.all[0]?.promise).toMatch(
      /with status 200 and header Idempotent-Replayed: true \(the header is missing\)$/,
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

  test('payment of another amount or order is a broken promise', async () => {
    const kinds = [
      [{ paidAmount: 10_001 }, 'wrong-content'],
      [{ orderId: 2 }, 'keys-confused'],
    ] as const;
    for (const [changes, kind] of kinds) {
      const { iterate, measurements } = scriptedShop({
        products: oneProduct,
        payments: times(3, otherPayment(changes)),
      });
      expect(await iterate()).toBe('broken-promise');
      expect(measurements.counters.idempotency_verification_failure).toBe(1);
      expect(measurements.broken.all[0]?.deviation).toMatchObject({ kind, circumstance: 'under-load' });
      expect(measurements.broken.all[0]?.promise).toContain(
        'the payment of an order of 10000 won is answered as another one',
      );
    }
  });

  test('payment whose replays are all lost verifies nothing', async () => {
    const { iterate, measurements } = scriptedShop({ payments: ['well', 'lost', 'lost'] });
    expect(await iterate()).toBe('no-answer');
    expect(measurements.counters).toMatchObject({
      payments_made: 1,
      iterations_failed: 1,
      idempotency_verification_success: 0,
      idempotency_verification_failure: 0,
    });
  });

  test('payment that succeeds only when repeated fails the iteration with the cause of the refusal', async () => {
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

  test('payment refused with a retryable conflict may be paid by the repetition', async () => {
    const optimistic = { status: 409, body: { code: 'LOCK', message: 'Try again' } };
    expect(await scriptedShop({ payments: [optimistic] }).iterate()).toBeUndefined();
  });

  test('in-progress conflicts are allowed and counted', async () => {
    const { iterate, measurements } = scriptedShop({ payments: [beingProcessed, 'well', beingProcessed] });
    expect(await iterate()).toBeUndefined();
    expect(measurements.counters).toMatchObject({ idempotency_conflicts: 2, idempotency_verification_success: 1 });
    const stuck = scriptedShop({ payments: times(8, beingProcessed) });
    expect(await stuck.iterate()).toBe('in-progress');
    expect(stuck.measurements.counters).toMatchObject({ payments_made: 0, unknown_left: 0 });
  });
});
