import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import type { LedgerBreach } from '../../../../helpers/ledger/ledger-breach.ts';
import {
  failureOf,
  lost,
  malformed,
  ordered,
  paid,
  refused,
  replayed,
  unaffordable,
} from '../../support/examples/exchange-examples.ts';
import { judged, kindsIn, promised, seenIn, sentAfter } from '../../support/examples/test-evidence.ts';

const serverError = refused('pay', 500, { code: 'COMMON001', message: 'internal' });

const error = (run: () => unknown): string => failureOf(run);

const money: LedgerBreach = { check: 'money', sentence: 'money', userId: 1, expected: 950_000, seen: 900_000 };

test.describe('deviations of a test', () => {
  test('server error is the only deviation, and the assertions that fail because of it are left out', () => {
    const seen = seenIn({ exchanges: [serverError], errors: [error(() => requireAnswer(serverError))] });
    expect(seen).toMatchObject([
      { kind: 'server-error', call: 'pay', circumstance: 'once', status: 500, code: 'COMMON001', at: 0 },
    ]);
    expect(seen[0]?.sentence).toMatch(/^Payment \(POST \/api\/orders\/12\/payment\b.*\): seen 500/);
  });

  test('time of a test that is over while it waits for an answer is no answer, unless that was lost on purpose', () => {
    const errors = ['\u001B[31mTest timeout of 60000ms exceeded.\u001B[39m'];
    const promise = promised('lost-connections-leave-api-usable');
    const [seen] = seenIn({ exchanges: [paid(), lost('pay', 'Request context disposed.')], errors, promise });
    expect(seen).toMatchObject({ kind: 'no-answer', call: 'pay', at: 1 });
    expect(seen?.sentence).toContain('promised an answer before the 60 s of the scenario are over');
    expect(kindsIn({ exchanges: [lost('pay', 'read ECONNRESET')], errors, promise })).not.toContain('no-answer');
  });

  test('money of a user that is gone once another one paid for the order is the doing of that payment', () => {
    const order = ordered();
    const userId = order.answer?.userId ?? 0;
    const foreign = refused('pay', 403, { code: 'O004', message: 'Not the owner' });
    const other = { ...foreign, request: { ...foreign.request, body: '{"userId":999}' } };
    const breaches: LedgerBreach[] = [{ ...money, userId }];
    expect(seenIn({ exchanges: [order, sentAfter(100, other)], breaches })).toMatchObject([
      { kind: 'debited-without-payment', call: 'pay' },
    ]);
  });

  test('same breach in many answers is one deviation', () => {
    const many = Array.from({ length: 20 }, (_, nth) => sentAfter(nth * 100, refused('pay', 500, {})));
    expect(seenIn({ exchanges: many }).filter(({ circumstance }) => circumstance === 'once')).toHaveLength(1);
  });

  test('breach that only the tables show is a deviation with its numbers', () => {
    const [first] = seenIn({ exchanges: [paid(), sentAfter(100, replayed())], breaches: [money] });
    expect(first).toMatchObject({
      kind: 'charged-twice',
      call: 'pay',
      circumstance: 'replay',
      numbers: { expected: 950_000, seen: 900_000 },
    });
    expect(first?.sentence).toContain('50000 won are gone');
  });

  test('assertion that adds nothing to a breach of the tables becomes a detail of it', () => {
    const promise = promised('payment-charges-order-total');
    const errors = ['expect(received).toEqual(expected)\n\n-   "stock": 9,\n+   "stock": 8,'];
    const breaches: LedgerBreach[] = [{ check: 'stock', sentence: 'stock', productId: 5, expected: 9, seen: 8 }];
    const seen = seenIn({ exchanges: [paid(), sentAfter(100, replayed())], errors, promise, breaches });
    expect(seen).toMatchObject([{ kind: 'stock-leaked', circumstance: 'replay' }]);
    expect(seen[0]?.sentence).toContain(': 1 piece too few: the stock of product 5 is 8 and should be 9.');
    expect(seen[0]?.details[0]).toMatch(/^Payment: expected "stock": 9, seen "stock": 8\. Promised: /);
  });

  test('stock of a cancelled order is the doing of the cancellation, also where its answer names no product', () => {
    const cancelled: Exchange = { ...ordered({ orderId: 77, totalAmount: 20_000 }), name: 'cancelOrder' };
    const answered = { ...cancelled, response: { status: 200, headers: {}, body: '{"orderId":77}' } };
    const order = ordered({ orderId: 77, totalAmount: 20_000 });
    const placed = { ...order, request: { ...order.request, body: '{"items":[{"productId":5005,"quantity":2}]}' } };
    const stock: LedgerBreach = { check: 'stock', sentence: 'stock', productId: 5005, expected: 9, seen: 11 };
    const of = (exchanges: readonly Exchange[]) => seenIn({ exchanges: [...exchanges], breaches: [stock] })[0];
    expect(of([placed, sentAfter(100, answered)])).toMatchObject({ kind: 'stock-leaked', call: 'cancelOrder' });
    expect(of([placed])).toMatchObject({ kind: 'stock-leaked', call: 'pay' });
  });

  test('cancellation that was answered and not carried out comes before its consequences', () => {
    const breaches: LedgerBreach[] = [{ check: 'answered-cancellation-missing', sentence: 'not made', orderId: 12 }];
    expect(kindsIn({ ...judged(paid(), { of: 'refusal', reasons: ['order-state'] }), breaches })).toEqual([
      'answered-but-not-written',
      'order-state-broken',
    ]);
  });

  test('tables that are wrong after a payment and an earlier refusal are blamed on the payment alone', () => {
    const [first] = seenIn({ exchanges: [unaffordable(), sentAfter(100, paid())], breaches: [money] });
    expect(first).toMatchObject({ kind: 'debited-without-payment', circumstance: 'once' });
  });

  test('top-up whose answer cannot be read is a malformed answer, and no money from nowhere', () => {
    const answer = malformed('chargeBalance', '{}', 'chargedAt is missing');
    expect(kindsIn({ exchanges: [answer], breaches: [{ ...money, seen: 960_000 }] })).toEqual(['malformed-answer']);
  });

  test('assertion on an API answer is a stale view when the table holds the expected value', () => {
    const look: Exchange = {
      name: 'getBalance',
      ...{ request: { method: 'GET', path: '/', headers: {} }, outcome: 'ok', sentAtMs: 100, durationMs: 1 },
      answer: { userId: 1, balance: 10 },
    };
    const tables = { accounts: [{ userId: 1, balance: 8 }], products: [], orders: [], items: [], payments: [] };
    const promise = promised('payment-charges-order-total');
    const errors = ['expect(received).toBe(expected)\n\nExpected: {"balance": 8}\nReceived: {"balance": 10}'];
    const [stale] = seenIn({ exchanges: [paid(), look], errors, promise, tables });
    expect(stale).toMatchObject({ kind: 'stale-view', call: 'getBalance' });
    expect(stale?.sentence).toContain('the API shows 10 won for user 1, the table holds 8: cached?');
  });

  test('failed plain assertion breaks its promise, and claims lost money only if its values are amounts', () => {
    const promise = promised('replayed-payment-debits-nothing');
    const plain = 'expect(received).toBe(expected)\n\nExpected: "SUCCESS"\nReceived: "DONE"';
    expect(kindsIn({ promise, errors: [plain] })).toEqual(['wrong-content']);
    const ofMoney = '- Expected\n+ Received\n\n  Object {\n-   "balances": [40000],\n+   "balances": [30000],\n  }';
    expect(kindsIn({ promise, errors: [ofMoney] })).toEqual([promise?.kind]);
  });

  test('answer that repeats invalid input is no malformed answer beside the input that was accepted', () => {
    const echo = malformed('createOrder', '{"quantity":1.5}', 'items.0.quantity: expected int, seen 1.5');
    expect(kindsIn(judged(echo, { of: 'refusal', reasons: ['invalid-input'] }))).toEqual(['bad-input-accepted']);
    expect(kindsIn(judged(echo, { of: 'success' }))).toEqual(['malformed-answer']);
  });

  test('input that was accepted is named by its request, and not by the answer that repeats it', () => {
    const echo = malformed('createOrder', '{"quantity":-1}', 'items.0.quantity: expected int, seen -1');
    const sent = { ...echo, request: { ...echo.request, body: '{"items":[{"productId":5,"quantity":-1}]}' } };
    const [seen] = seenIn({
      ...judged(sent, { of: 'refusal', reasons: ['invalid-quantity'] }),
      promise: promised('malformed-quantity-refused'),
    });
    expect(seen?.sentence).toBe(
      'Order, with values at or beyond their limits (POST /api/orders {"items":[{"productId":5,"quantity":-1}]}): ' +
        'seen 201, promised something.',
    );
  });

  test('malformed answer is a deviation of its own, whatever else was seen', () => {
    const answer = malformed('pay', '{}', 'paymentId is missing');
    expect(seenIn({ exchanges: [answer] })).toMatchObject([{ kind: 'malformed-answer', call: 'pay' }]);
    expect(seenIn({ exchanges: [answer] })[0]?.sentence).toContain('paymentId is missing');
  });

  test('refusal answered with a success status hides what assertions and tables show because of it', () => {
    const told = malformed('pay', '{"code":"PAY001","message":"Insufficient balance"}', 'paymentId: missing');
    const cancelled = { check: 'answered-cancellation-missing' } as const;
    expect(
      seenIn({
        exchanges: [told],
        errors: ['1 of 8 payments can succeed, 8 did'],
        breaches: [{ ...money, ...cancelled }],
      }).map(({ kind }) => kind),
    ).toEqual(['refusal-as-success']);
    expect(kindsIn({ exchanges: [malformed('pay', '{}', 'paymentId: missing')] })).toEqual(['malformed-answer']);
  });
});
