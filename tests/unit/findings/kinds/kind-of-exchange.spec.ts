import { expect, test } from '@playwright/test';
import noKeys from '../../../../fixtures/shops/targets/no-keys.ts';
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

test.describe('kind of breach of an answer', () => {
  test('refusal of a valid request depends on what was sent before under its key', () => {
    const once = unaffordable();
    expect(kindsIn(judged(once, { of: 'success' }))).toEqual(['valid-request-refused']);
    const again = sentAfter(100, unaffordable());
    const evidence = judged(again, { of: 'success' });
    expect(kindsIn({ ...evidence, exchanges: [paid(), again] })).toEqual(['replay-refused']);
    expect(kindsIn({ ...evidence, exchanges: [once, again] })).toEqual(['key-burnt']);
  });

  test('refusal of a new key as used is a mistaken key', () => {
    const mistaken = refused('pay', 422, { code: 'PAY004', message: 'Used' });
    expect(kindsIn(judged(mistaken, { of: 'success' }))).toEqual(['key-mistaken']);
    const again = judged(sentAfter(100, mistaken), { of: 'success' });
    expect(kindsIn({ ...again, exchanges: [paid(), ...(again.exchanges ?? [])] })).toEqual(['replay-refused']);
  });

  test('refusal of a key that another user has used is a mistaken key, and the sentence names that use', () => {
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

  test('success of a request that should be refused depends on the reason it should be refused for', () => {
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

  test('order beyond the stock is no overselling when payments take the stock', () => {
    expect(kindsIn(judged(ordered(), { of: 'refusal', reasons: ['stock'] }))).toEqual(['order-beyond-stock']);
  });

  test('refusal as in progress is a burnt key after a refusal, a refused replay after a success, otherwise a wrong cause', () => {
    const evidence = judged(sentAfter(100, inProgress()), { of: 'refusal', reasons: ['balance'] });
    expect(kindsIn(evidence)).toEqual(['wrong-cause']);
    expect(kindsIn({ ...evidence, exchanges: [unaffordable(), ...(evidence.exchanges ?? [])] })).toEqual(['key-burnt']);
    expect(kindsIn({ ...evidence, exchanges: [paid(), ...(evidence.exchanges ?? [])] })).toEqual(['replay-refused']);
  });

  test('refusal as in progress of what nothing was in flight beside is taken for a duplicate', () => {
    const again = sentAfter(100, inProgress());
    expect(kindsIn(judged(again, { of: 'success' }))).toEqual(['taken-for-duplicate']);
    const keyed = judged(again, { of: 'success' });
    expect(kindsIn({ ...keyed, exchanges: [unaffordable(), again] })).toEqual(['key-burnt']);
    expect(seenIn(keyed)[0]?.sentence).toBe(
      'Payment: seen 409 in-progress (PAY003), although no request like it was under way, promised something.',
    );
  });

  test('refusal as in progress by a call without keys is never blamed on a key', () => {
    const again = sentAfter(100, inProgress());
    const expectations: FailedMatcher['expectation'][] = [
      { of: 'success' },
      { of: 'refusal', reasons: ['invalid-input'] },
      { of: 'replay', original: paid() },
    ];
    for (const expectation of expectations) {
      for (const before of [unaffordable(), paid(), lost('pay')]) {
        const evidence = { ...judged(again, expectation), profile: noKeys, exchanges: [before, again] };
        expect(kindsIn(evidence), expectation.of).toEqual(['taken-for-duplicate']);
      }
    }
    const refusedAgain = sentAfter(100, unaffordable());
    const evidence = { ...judged(refusedAgain, { of: 'success' }), profile: noKeys };
    expect(kindsIn({ ...evidence, exchanges: [unaffordable(), refusedAgain] })).toEqual(['valid-request-refused']);
  });

  test('refusal with another cause is a wrong cause, with another status a wrong status', () => {
    expect(kindsIn(judged(unaffordable(), { of: 'refusal', reasons: ['stock'] }))).toEqual(['wrong-cause']);
    const teapot = refused('pay', 418, { code: 'PAY001', message: 'Insufficient balance' });
    expect(kindsIn(judged(teapot, { of: 'refusal', reasons: ['balance'] }))).toEqual(['wrong-status']);
  });

  test('replay with another payment id was executed again, with another field it only differs', () => {
    const original = paid();
    const of = { of: 'replay', original } as const;
    expect(kindsIn(judged(replayed({ paymentId: 8 }), of))).toEqual(['replay-executed']);
    expect(kindsIn(judged(replayed({ remainingBalance: 1 }), of))).toEqual(['replay-differs']);
    expect(kindsIn(judged(replayed({ orderId: 13 }), of))).toEqual(['keys-confused']);
  });

  test('answer that the scenario itself lost is not the breach when another answer is wrong', () => {
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

  test('wrong answer to a valid request is wrong content, whatever the promise of the scenario', () => {
    const promise = promised('stated-amount-must-match');
    expect(kindsIn({ ...judged(paid(), { of: 'success' }, ['it says 1 won were paid']), promise })).toEqual([
      'wrong-content',
    ]);
  });

  test('breach of key comparison names both keys', () => {
    const promise = promised('keys-compared-exactly');
    const second = { ...sentAfter(100, unaffordable()), idempotencyKey: 'key-1 ' };
    const seen = seenIn({ ...judged(second, { of: 'success' }), exchanges: [paid(), second], promise });
    expect(seen[0]?.sentence).toContain('(under the key "key-1 ", after "key-1")');
  });

  test('long keys are shown by start and end, beside the earlier key of the same call', () => {
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

  test('concurrent requests refused for a wrong cause are a wrong cause, and no double payment', () => {
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
