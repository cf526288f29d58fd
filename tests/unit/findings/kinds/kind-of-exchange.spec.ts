import { expect, test } from '@playwright/test';
import type { FailedMatcher } from '../../../../helpers/findings/deviations/expectation.ts';
import {
  inProgress,
  lost,
  malformed,
  ordered,
  paid,
  refused,
  replayed,
  unaffordable,
} from '../../support/examples/exchange-examples.ts';
import { judged, kindsIn, promised, seenIn, sentAfter } from '../../support/examples/test-evidence.ts';

test.describe('kind of a breach that an answer is', () => {
  test('refusal of what should succeed is told by what was sent before it', () => {
    const once = unaffordable();
    expect(kindsIn(judged(once, { of: 'success' }))).toEqual(['valid-request-refused']);
    const again = sentAfter(100, unaffordable());
    const evidence = judged(again, { of: 'success' });
    expect(kindsIn({ ...evidence, exchanges: [paid(), again] })).toEqual(['replay-refused']);
    expect(kindsIn({ ...evidence, exchanges: [once, again] })).toEqual(['key-burnt']);
  });

  test('refusal as a used key of a request whose key no other one had is a mistaken key', () => {
    const mistaken = refused('pay', 422, { code: 'PAY004', message: 'Used' });
    expect(kindsIn(judged(mistaken, { of: 'success' }))).toEqual(['key-mistaken']);
    const again = judged(sentAfter(100, mistaken), { of: 'success' });
    expect(kindsIn({ ...again, exchanges: [paid(), ...(again.exchanges ?? [])] })).toEqual(['replay-refused']);
  });

  test('refusal as a used key of a request whose key another user has used is a mistaken key, told with that use', () => {
    const mistaken = refused('pay', 422, { code: 'PAY004', message: 'Used' });
    const body = JSON.stringify({ userId: 2, idempotencyKey: 'key-1' });
    const second = sentAfter(100, {
      ...mistaken,
      request: { ...mistaken.request, path: '/api/orders/13/payment', body },
    });
    const [seen] = seenIn({ ...judged(second, { of: 'success' }), exchanges: [paid(), second] });
    expect(seen).toMatchObject({ kind: 'key-mistaken', circumstance: 'key-reuse' });
    expect(seen?.sentence).toMatch(
      /^Payment, with a key that was used for another request \(POST \/api\/orders\/12\/payment \{"userId":1,.*\}\): seen 422/,
    );
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

  test('order beyond the stock is no sale where the payment takes the stock', () => {
    expect(kindsIn(judged(ordered(), { of: 'refusal', reasons: ['stock'] }))).toEqual(['order-beyond-stock']);
  });

  test('refusal as in progress is a burnt key after a refusal, a refused replay after a success, and else a wrong cause', () => {
    const evidence = judged(sentAfter(100, inProgress()), { of: 'refusal', reasons: ['balance'] });
    expect(kindsIn(evidence)).toEqual(['wrong-cause']);
    expect(kindsIn({ ...evidence, exchanges: [unaffordable(), ...(evidence.exchanges ?? [])] })).toEqual(['key-burnt']);
    expect(kindsIn({ ...evidence, exchanges: [paid(), ...(evidence.exchanges ?? [])] })).toEqual(['replay-refused']);
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

  test('answer that was lost on purpose is not what is wrong where another one is', () => {
    const received = [lost('pay'), malformed('pay', '{}', 'status 201 instead of 200')];
    const of = (found: FailedMatcher['received']) => ({
      exchanges: found,
      errors: ['failed'],
      failedMatcher: (): FailedMatcher => ({
        ...{ expectation: { of: 'one-effect' }, expected: 'one payment', received: found, problems: ['wrong'] },
      }),
    });
    expect(kindsIn(of(received))).not.toContain('no-answer');
    expect(kindsIn(of([lost('pay'), paid()]))).toEqual(['no-answer']);
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

  test('long keys are shown by their start and end, and after a key of the same call', () => {
    const promise = promised('keys-compared-exactly');
    const long = 'k'.repeat(99);
    const one = { ...paid(), idempotencyKey: `${long}a` };
    const other = { ...sentAfter(100, unaffordable()), idempotencyKey: `${long}b` };
    const between = sentAfter(50, ordered());
    const seen = seenIn({ ...judged(other, { of: 'success' }), exchanges: [one, between, other], promise });
    expect(seen[0]?.sentence).toContain(
      '(under the key "kkkkkkkkkkkkk…kkkkkkkkb" (100 characters), after "kkkkkkkkkkkkk…kkkkkkkka" (100 characters))',
    );
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
});
