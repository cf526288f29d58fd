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
