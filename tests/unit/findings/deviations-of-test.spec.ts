import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../helpers/api/exchange.ts';
import { requireAnswer } from '../../../helpers/api/require-answer.ts';
import { deviationsOfTest, type TestEvidence } from '../../../helpers/findings/deviations-of-test.ts';
import type { FailedMatcher } from '../../../helpers/findings/expectation.ts';
import { promises } from '../../../helpers/findings/promises.ts';
import type { LedgerBreach } from '../../../helpers/ledger/ledger.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { failureOf, malformed, paid, refused, replayed, unaffordable } from '../support/exchange-examples.ts';

const serverError = refused('pay', 500, { code: 'COMMON001', message: 'internal' });

const sentAfter = (sentAtMs: number, exchange: Exchange): Exchange => ({ ...exchange, sentAtMs });

const promised = (id: keyof typeof promises): TestEvidence['promise'] => ({ ...promises[id], id });

const seenIn = (evidence: Partial<TestEvidence>) =>
  deviationsOfTest({
    profile: reference,
    promise: undefined,
    ...{ exchanges: [], errors: [], breaches: [], problems: [] },
    failedMatcher: () => undefined,
    ...evidence,
  });

const kindsIn = (evidence: Partial<TestEvidence>): string[] => seenIn(evidence).map(({ kind }) => kind);

const judged = (
  received: Exchange,
  expectation: FailedMatcher['expectation'],
  problems: readonly string[] = [],
): Partial<TestEvidence> => ({
  exchanges: [received],
  errors: ['the matcher failed'],
  failedMatcher: () => ({ expectation, expected: 'something', received: [received], problems }),
});

const error = (run: () => unknown): string => failureOf(run);

const money: LedgerBreach = { check: 'money', sentence: 'money', userId: 1, expected: 950_000, seen: 900_000 };

test.describe('deviations of a test', () => {
  test('server error comes first, and what follows from it in the assertions is left out', () => {
    const seen = seenIn({ exchanges: [serverError], errors: [error(() => requireAnswer(serverError))] });
    expect(seen).toMatchObject([
      { kind: 'server-error', call: 'pay', circumstance: 'once', status: 500, code: 'COMMON001', at: 0 },
    ]);
  });

  test('the same breach of many answers is one deviation', () => {
    const many = Array.from({ length: 20 }, (_, nth) => sentAfter(nth * 100, refused('pay', 500, {})));
    expect(seenIn({ exchanges: many }).filter(({ circumstance }) => circumstance === 'once')).toHaveLength(1);
  });

  test('refusal of what should succeed is told by what was sent before it', () => {
    const once = unaffordable();
    expect(kindsIn(judged(once, { of: 'success' }))).toEqual(['valid-request-refused']);
    const again = sentAfter(100, unaffordable());
    const evidence = judged(again, { of: 'success' });
    expect(kindsIn({ ...evidence, exchanges: [paid(), again] })).toEqual(['replay-refused']);
    expect(kindsIn({ ...evidence, exchanges: [once, again] })).toEqual(['key-burnt']);
  });

  test('success of what should be refused is told by the reason that it should be refused for', () => {
    const kinds = (['balance', 'stock', 'key-reuse', 'order-state', 'invalid-input'] as const).map(
      (reason) => kindsIn(judged(paid(), { of: 'refusal', reasons: [reason] }))[0],
    );
    expect(kinds).toEqual([
      'overspent',
      'oversold',
      'key-not-bound-to-request',
      'order-state-broken',
      'bad-input-accepted',
    ]);
  });

  test('refusal for another cause, and with another status, are told apart', () => {
    expect(kindsIn(judged(unaffordable(), { of: 'refusal', reasons: ['stock'] }))).toEqual(['wrong-cause']);
    const teapot = refused('pay', 418, { code: 'PAY001', message: 'Insufficient balance' });
    expect(kindsIn(judged(teapot, { of: 'refusal', reasons: ['balance'] }))).toEqual(['wrong-status']);
  });

  test('replay that names another payment was carried out again, another body only differs', () => {
    const original = paid();
    const of = { of: 'replay', original } as const;
    expect(kindsIn(judged(replayed({ paymentId: 8 }), of))).toEqual(['replay-executed']);
    expect(kindsIn(judged(replayed({ remainingBalance: 1 }), of))).toEqual(['replay-differs']);
    expect(kindsIn(judged(replayed({ orderId: 13 }), of))).toEqual(['keys-confused']);
  });

  test('tables tell what an assertion cannot, with the numbers', () => {
    const [first] = seenIn({ exchanges: [paid(), sentAfter(100, replayed())], breaches: [money] });
    expect(first).toMatchObject({
      kind: 'charged-twice',
      call: 'pay',
      circumstance: 'replay',
      numbers: { expected: 950_000, seen: 900_000 },
    });
    expect(first?.sentence).toContain('50000 won are gone');
  });

  test('cancellation that was answered and not made comes before what it leads to', () => {
    const breaches: LedgerBreach[] = [{ check: 'answered-cancellation-missing', sentence: 'not made', orderId: 12 }];
    expect(kindsIn({ ...judged(paid(), { of: 'refusal', reasons: ['order-state'] }), breaches })).toEqual([
      'answered-but-not-written',
      'order-state-broken',
    ]);
  });

  test('books that are wrong after a refusal are as wrong without it', () => {
    const [first] = seenIn({ exchanges: [unaffordable(), sentAfter(100, paid())], breaches: [money] });
    expect(first).toMatchObject({ kind: 'debited-without-payment', circumstance: 'once' });
  });

  test('answer to what had to succeed is no acceptance of what had to be refused', () => {
    const promise = promised('stated-amount-must-match');
    expect(kindsIn({ ...judged(paid(), { of: 'success' }, ['it says 1 won were paid']), promise })).toEqual([
      'wrong-content',
    ]);
  });

  test('breach of how keys are compared says under which keys', () => {
    const promise = promised('keys-compared-exactly');
    const second = { ...sentAfter(100, unaffordable()), idempotencyKey: 'key-1 ' };
    const seen = seenIn({ ...judged(second, { of: 'success' }), exchanges: [paid(), second], promise });
    expect(seen[0]?.sentence).toContain('(under the key "key-1 ", after "key-1")');
  });

  test('top-up that cannot be read is no money from nowhere', () => {
    const answer = malformed('chargeBalance', '{}', 'chargedAt is missing');
    expect(kindsIn({ exchanges: [answer], breaches: [{ ...money, seen: 960_000 }] })).toEqual(['malformed-answer']);
  });

  test('assertion on what the API shows is a stale view where the table holds what was expected', () => {
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

  test('refusals of concurrent requests for another cause than the true one accuse nobody of having paid', () => {
    const received = [paid(), sentAfter(1, unaffordable())];
    const expectation = { of: 'count', ok: 1, reason: 'order-state' } as const;
    const failedMatcher = (): FailedMatcher => ({
      expectation,
      expected: '1 ok',
      received,
      problems: ['1 balance came'],
    });
    expect(kindsIn({ exchanges: received, errors: ['failed'], failedMatcher })).toEqual(['wrong-cause']);
  });

  test('failed plain assertion is its promise, but no claim that money is gone', () => {
    const promise = promised('replayed-payment-debits-nothing');
    const plain = 'expect(received).toBe(expected)\n\nExpected: "SUCCESS"\nReceived: "DONE"';
    expect(kindsIn({ promise, errors: [plain] })).toEqual(['wrong-content']);
    const ofMoney = '- Expected\n+ Received\n\n  Object {\n-   "balances": [40000],\n+   "balances": [30000],\n  }';
    expect(kindsIn({ promise, errors: [ofMoney] })).toEqual([promise?.kind]);
  });

  test('answer in another form than promised is a deviation beside all others', () => {
    const answer = malformed('pay', '{}', 'paymentId is missing');
    expect(seenIn({ exchanges: [answer] })).toMatchObject([{ kind: 'malformed-answer', call: 'pay' }]);
    expect(seenIn({ exchanges: [answer] })[0]?.sentence).toContain('paymentId is missing');
  });
});
